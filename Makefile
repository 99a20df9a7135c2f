.PHONY: setup build test conformance
setup:
	@dpkg -s libicu-dev libsimdjson-dev libzstd-dev zlib1g-dev >/dev/null 2>&1 || \
	  (apt-get update -q && apt-get install -y -q libicu-dev libsimdjson-dev libzstd-dev zlib1g-dev pkg-config)
build: setup
	swift build -c release
test: setup
	swift test
conformance:
	@true
