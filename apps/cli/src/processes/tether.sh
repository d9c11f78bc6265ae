# Usage: sh tether.sh SIGNAL COMMAND [ARGUMENT …]
# Runs a command that must not outlive the program that started it. Standard input is a pipe held by that program; when
# it closes, however the program ended, the command gets the signal. Ends with the command's own exit code.
stop_signal=$1
shift
exec 3<&0
"$@" </dev/null 3<&- &
command=$!
{ read -r _ <&3; kill -s "$stop_signal" "$command"; } 2>/dev/null &
reader=$!
exec 3<&-
trap '' INT TERM HUP
wait "$command"
status=$?
kill "$reader" 2>/dev/null
exit "$status"
