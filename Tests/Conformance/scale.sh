#!/usr/bin/env bash
# Files for training programs, datatrove and Spark: scale.sh files|datatrove|spark JUKTA MODEL TEXT
# The tools are installed into .venv-scale the first time (Spark is 490 MB), Java by apt where there is none.
set -euo pipefail
cd "$(dirname "$0")/../.."
venv=.venv-scale
if [ ! -e $venv/done ]; then
  python3 -m venv $venv
  $venv/bin/pip install -q -r Tests/Conformance/scale.requirements.txt
  # Of Megatron only the indexed dataset is read, which needs none of its dependencies.
  $venv/bin/pip install -q --no-deps megatron-core==0.16.1
  touch $venv/done
fi
python=$PWD/$venv/bin/python
case $1 in
  files) exec "$python" Tests/Conformance/training_files.py "$2" "$3" "$4" ;;
  datatrove) exec "$python" Tests/Conformance/datatrove_example.py "$2" "$4" ;;
  spark)
    command -v java > /dev/null || Scripts/install-packages.sh openjdk-17-jre-headless
    exec "$python" Tests/Conformance/spark_example.py "$2" "$3" "$4" ;;
esac
