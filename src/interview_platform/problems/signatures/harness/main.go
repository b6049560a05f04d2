// Go's driver: JSON to values and back, and the conversation of kit/exchange.py. `golang.py` puts what has to know the
// signature behind it. All cases run in one process.
package main

import (
	"bytes"
	"math"
	"os"
	"runtime/debug"
	"strconv"
	"strings"
	"syscall"
	"unicode/utf16"
	"unicode/utf8"
)

const (
	interviewIn       = 5
	interviewOut      = 6
	interviewNodesMax = 1_000_000 // as in model.py: more is taken for a cycle
	interviewLongMax  = 1<<53 - 1 // JavaScript's
	interviewTextMax  = 8_000     // characters of a message or a trace
)

// Variables are made before the candidate's, because this file's name comes first: the hello is read by then.
var interviewChannel = newInterviewChannel()

type interviewConversation struct {
	in, out   int
	secret    string
	separator string // where standard output is shared, the last line may have no end
	rest      []byte
}

func newInterviewChannel() *interviewConversation {
	channel := &interviewConversation{in: interviewIn, out: interviewOut}
	if interviewCalls {
		channel.in, channel.out = 0, 1
		return channel
	}
	if !interviewIsPipe(interviewIn) || !interviewIsPipe(interviewOut) {
		channel.in, _ = syscall.Dup(0)
		channel.out, channel.separator = 1, "\n"
		// The program's own input is empty: later cases are none of its business.
		if null, err := syscall.Open("/dev/null", syscall.O_RDONLY, 0); err == nil {
			syscall.Dup3(null, 0, 0)
		}
	}
	hello, _ := channel.line(1 << 16)
	end := strings.LastIndexByte(hello, '"')
	if end < 0 {
		os.Exit(0)
	}
	channel.secret = hello[strings.LastIndexByte(hello[:end], '"')+1 : end]
	return channel
}

func interviewIsPipe(fd int) bool {
	var found syscall.Stat_t
	if syscall.Fstat(fd, &found) != nil {
		return false
	}
	kind := found.Mode & syscall.S_IFMT
	return kind == syscall.S_IFIFO || kind == syscall.S_IFSOCK
}

// The text up to a line's end; false at the end. `size`: how much to read at once.
func (channel *interviewConversation) line(size int) (string, bool) {
	seen := 0
	chunk := make([]byte, size)
	for {
		if end := bytes.IndexByte(channel.rest[seen:], '\n'); end >= 0 {
			line := string(channel.rest[:seen+end])
			channel.rest = channel.rest[seen+end+1:]
			return line, true
		}
		seen = len(channel.rest)
		got, err := syscall.Read(channel.in, chunk)
		if err == syscall.EINTR {
			continue
		}
		if got <= 0 {
			line := string(channel.rest)
			channel.rest = nil
			return line, line != ""
		}
		channel.rest = append(channel.rest, chunk[:got]...)
	}
}

func interviewSend(fd int, said string) {
	for data := []byte(said); len(data) > 0; {
		written, err := syscall.Write(fd, data)
		if err != nil && err != syscall.EINTR && err != syscall.EAGAIN {
			os.Exit(1)
		}
		if written > 0 {
			data = data[written:]
		}
	}
}

func main() {
	if interviewCalls {
		out := &interviewWriter{}
		interviewOnce(out)
		interviewSend(1, string(out.text)+"\n")
		return
	}
	for number := 0; ; number++ {
		line, more := interviewChannel.line(1 << 16)
		if !more {
			os.Exit(0)
		}
		frame := interviewFrame(line)
		var usage syscall.Rusage
		syscall.Getrusage(syscall.RUSAGE_SELF, &usage)
		interviewSend(interviewChannel.out, interviewChannel.separator+interviewChannel.secret+
			` {"n": `+strconv.Itoa(number)+", "+frame+`, "memory": `+strconv.FormatInt(usage.Maxrss*1024, 10)+"}\n")
	}
}

// Outside judging: a panic ends the program in the ordinary way, a value of the wrong type with a sentence.
func interviewOnce(out *interviewWriter) {
	defer func() {
		if wrong, is := out.failure.(interviewWrong); is {
			recover()
			interviewSend(2, interviewVerb+" "+wrong.said()+"; "+interviewReturns+" is declared\n")
			os.Exit(1)
		}
	}()
	interviewCase(nil, out)
}

func interviewFrame(line string) (frame string) {
	defer func() {
		switch failure := recover().(type) {
		case nil:
		case interviewWrong:
			frame = interviewFailed("wrong_type", interviewVerb+" "+failure.said()+"; "+interviewReturns+" is declared", "")
		default:
			frame = interviewFailed("exception", interviewSaid(failure), interviewTrace())
		}
	}()
	out := &interviewWriter{text: []byte(`"ok": `)}
	interviewCase(&interviewReader{text: line}, out)
	return string(out.text)
}

func interviewFailed(kind, message, trace string) string {
	out := &interviewWriter{text: []byte(`"error": {"kind": "` + kind + `", "message": `)}
	out.quote(strings.ToValidUTF8(interviewCut(message), "\uFFFD"))
	if trace != "" {
		out.add(`, "trace": `)
		out.quote(strings.ToValidUTF8(interviewCut(trace), "\uFFFD"))
	}
	out.add("}")
	return string(out.text)
}

func interviewCut(text string) string {
	if len(text) > interviewTextMax {
		return text[:interviewTextMax]
	}
	return text
}

func interviewSaid(failure any) string {
	switch value := failure.(type) {
	case error:
		return value.Error()
	case string:
		return value
	case interface{ String() string }:
		return value.String()
	}
	return "panic with a value that is neither a string nor an error"
}

// Without the frames of panic itself and of the driver.
func interviewTrace() string {
	trace := string(debug.Stack())
	if start := strings.LastIndex(trace, "\npanic("); start >= 0 {
		if end := strings.Index(trace[start+1:], "\nmain."); end >= 0 {
			trace = trace[start+1+end+1:]
		}
	}
	if end := strings.Index(trace, "main.interviewCase("); end >= 0 {
		trace = trace[:end]
	}
	return trace
}

// A value that is not of its type: what it is, and where in the whole.
type interviewWrong struct{ what, where string }

func (wrong interviewWrong) said() string {
	if wrong.where == "" {
		return wrong.what
	}
	return "a value with " + wrong.what + " at " + wrong.where
}

// ---- JSON to values

type interviewReader struct {
	text  string
	at    int
	where string // of a line of standard input
}

// Where an argument is read from: the line of the conversation, or (`in` is nil) one of standard input.
func interviewArgument(in *interviewReader, number int, name string) *interviewReader {
	if in != nil {
		if number == 1 {
			in.expect('[')
		} else {
			in.expect(',')
		}
		return in
	}
	// Byte by byte: what comes behind is for the program.
	line, _ := interviewChannel.line(1)
	own := &interviewReader{text: line, where: "Standard input, line " + strconv.Itoa(number) + " (" + name + ") "}
	if own.peek() == 0 {
		interviewRefuse(own.where + "is missing: one line of JSON for each parameter")
	}
	return own
}

func interviewRefuse(said string) {
	interviewSend(2, said+"\n")
	os.Exit(2)
}

func (in *interviewReader) fail(wanted string) {
	said := "is not as declared: " + wanted + " is expected at column " + strconv.Itoa(in.at+1)
	if in.where != "" {
		interviewRefuse(in.where + said)
	}
	panic("an argument " + said)
}

// One argument is read.
func (in *interviewReader) finish() {
	if in.where != "" && in.peek() != 0 {
		in.fail("the end")
	}
}

func (in *interviewReader) peek() byte {
	for in.at < len(in.text) && strings.IndexByte(" \t\r", in.text[in.at]) >= 0 {
		in.at++
	}
	if in.at == len(in.text) {
		return 0
	}
	return in.text[in.at]
}

func (in *interviewReader) take(word string) bool {
	in.peek()
	there := strings.HasPrefix(in.text[in.at:], word)
	if there {
		in.at += len(word)
	}
	return there
}

func (in *interviewReader) expect(sign byte) {
	if !in.take(string(rune(sign))) {
		in.fail("'" + string(rune(sign)) + "'")
	}
}

func (in *interviewReader) array(element func()) {
	if !in.take("[") {
		in.fail("[")
	}
	if in.take("]") {
		return
	}
	for more := true; more; more = in.take(",") {
		element()
	}
	in.expect(']')
}

func (in *interviewReader) digits(signs string) string {
	in.peek()
	start := in.at
	for in.at < len(in.text) && strings.IndexByte(signs, in.text[in.at]) >= 0 {
		in.at++
	}
	return in.text[start:in.at]
}

func (in *interviewReader) whole(bits int, wanted string) int64 {
	start := in.at
	value, err := strconv.ParseInt(in.digits("-0123456789.eE"), 10, bits)
	if err != nil {
		in.at = start
		in.fail(wanted)
	}
	return value
}

func (in *interviewReader) int() int { return int(in.whole(32, "an int")) }

func (in *interviewReader) int64() int64 {
	value := in.whole(64, "a long")
	if value > interviewLongMax || value < -interviewLongMax {
		in.fail("a long")
	}
	return value
}

func (in *interviewReader) float64() float64 {
	switch {
	case in.take(`"NaN"`):
		return math.NaN()
	case in.take(`"Infinity"`):
		return math.Inf(1)
	case in.take(`"-Infinity"`):
		return math.Inf(-1)
	}
	value, err := strconv.ParseFloat(in.digits("+-0123456789.eE"), 64)
	if err != nil {
		in.fail("a float")
	}
	return value
}

func (in *interviewReader) bool() bool {
	yes := in.take("true")
	if !yes && !in.take("false") {
		in.fail("true or false")
	}
	return yes
}

func (in *interviewReader) string() string {
	if !in.take(`"`) {
		in.fail("a string")
	}
	var value []byte
	for {
		end := strings.IndexAny(in.text[in.at:], `"\`)
		if end < 0 {
			in.fail("the end of a string")
		}
		value = append(value, in.text[in.at:in.at+end]...)
		in.at += end + 1
		if in.text[in.at-1] == '"' {
			return string(value)
		}
		value = utf8.AppendRune(value, in.escaped())
	}
}

func (in *interviewReader) escaped() rune {
	if in.at == len(in.text) {
		in.fail("a string")
	}
	in.at++
	if plain := strings.IndexByte(`"\/bfnrt`, in.text[in.at-1]); plain >= 0 {
		return rune("\"\\/\b\f\n\r\t"[plain])
	}
	sign := in.hex()
	if utf16.IsSurrogate(sign) && strings.HasPrefix(in.text[in.at:], `\u`) {
		in.at += 2
		return utf16.DecodeRune(sign, in.hex())
	}
	return sign
}

func (in *interviewReader) hex() rune {
	if in.at+4 > len(in.text) {
		in.fail("a string")
	}
	value, err := strconv.ParseUint(in.text[in.at:in.at+4], 16, 16)
	if err != nil {
		in.fail("a string")
	}
	in.at += 4
	return rune(value)
}

// ---- Values to JSON

type interviewWriter struct {
	text    []byte
	failure any
}

func (out *interviewWriter) add(text string) { out.text = append(out.text, text...) }

func (out *interviewWriter) wrong(what string) {
	out.failure = interviewWrong{what: what}
	panic(out.failure)
}

func (out *interviewWriter) int(value int) {
	if value > math.MaxInt32 || value < math.MinInt32 {
		out.wrong(strconv.Itoa(value) + " (beyond 32 bits)")
	}
	out.text = strconv.AppendInt(out.text, int64(value), 10)
}

func (out *interviewWriter) int64(value int64) {
	if value > interviewLongMax || value < -interviewLongMax {
		out.wrong(strconv.FormatInt(value, 10) + " (beyond 2^53 - 1)")
	}
	out.text = strconv.AppendInt(out.text, value, 10)
}

func (out *interviewWriter) float64(value float64) {
	switch {
	case math.IsNaN(value):
		out.add(`"NaN"`)
	case math.IsInf(value, 1):
		out.add(`"Infinity"`)
	case math.IsInf(value, -1):
		out.add(`"-Infinity"`)
	default:
		start := len(out.text)
		out.text = strconv.AppendFloat(out.text, value, 'g', -1, 64)
		if !bytes.ContainsAny(out.text[start:], ".e") {
			out.add(".0")
		}
	}
}

func (out *interviewWriter) bool(value bool) { out.text = strconv.AppendBool(out.text, value) }

func (out *interviewWriter) string(value string) {
	if !utf8.ValidString(value) {
		out.wrong("a string that is not UTF-8")
	}
	out.quote(value)
}

func (out *interviewWriter) quote(value string) {
	const digits = "0123456789abcdef"
	out.add(`"`)
	for index := 0; index < len(value); index++ {
		switch sign := value[index]; {
		case sign < ' ':
			out.add(`\u00` + string(digits[sign>>4]) + string(digits[sign&15]))
		case sign == '"' || sign == '\\':
			out.text = append(out.text, '\\', sign)
		default:
			out.text = append(out.text, sign)
		}
	}
	out.add(`"`)
}

func (out *interviewWriter) comma(first bool) {
	if !first {
		out.add(",")
	}
}

func (out *interviewWriter) countNode(nodes int, kind string) {
	if nodes > interviewNodesMax {
		out.wrong("a " + kind + " with a cycle (more than 1000000 nodes)")
	}
}
