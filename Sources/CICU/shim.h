// Empty on purpose: ICU's types clash with Foundation's own ICU once Swift sees them.
// Every call goes through CJuktaICU, whose header shows no ICU type (Documentation/decisions/0002).
