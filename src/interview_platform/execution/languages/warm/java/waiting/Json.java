package waiting;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** As much of JSON as the line of the runner has: an object of strings, booleans and lists of strings. */
final class Json {
    private final String text;
    private int at;

    Json(String text) {
        this.text = text;
    }

    Map<String, Object> object() {
        Map<String, Object> result = new HashMap<>();
        expect('{');
        while (!accept('}')) {
            String name = string();
            expect(':');
            result.put(name, value());
            accept(',');
        }
        return result;
    }

    private Object value() {
        switch (peek()) {
            case '"':
                return string();
            case '[':
                return list();
            default:
                return bool();
        }
    }

    private List<String> list() {
        List<String> result = new ArrayList<>();
        expect('[');
        while (!accept(']')) {
            result.add(string());
            accept(',');
        }
        return result;
    }

    private Boolean bool() {
        for (Boolean one : List.of(true, false)) {
            if (text.startsWith(one.toString(), at)) {
                at += one.toString().length();
                return one;
            }
        }
        throw new IllegalArgumentException("at " + at + " of " + text);
    }

    private String string() {
        StringBuilder result = new StringBuilder();
        expect('"');
        for (char next = text.charAt(at++); next != '"'; next = text.charAt(at++)) {
            result.append(next == '\\' ? escaped() : next);
        }
        return result.toString();
    }

    private char escaped() {
        char next = text.charAt(at++);
        if (next == 'u') {
            at += 4;
            return (char) Integer.parseInt(text.substring(at - 4, at), 16);
        }
        int known = "bfnrt".indexOf(next);
        return known < 0 ? next : "\b\f\n\r\t".charAt(known);
    }

    private char peek() {
        while (text.charAt(at) == ' ') {
            at++;
        }
        return text.charAt(at);
    }

    private boolean accept(char wanted) {
        boolean there = peek() == wanted;
        if (there) {
            at++;
        }
        return there;
    }

    private void expect(char wanted) {
        if (!accept(wanted)) {
            throw new IllegalArgumentException(wanted + " at " + at + " of " + text);
        }
    }

    static String quoted(String text) {
        StringBuilder result = new StringBuilder("\"");
        for (char c : text.toCharArray()) {
            if (c == '"' || c == '\\') {
                result.append('\\').append(c);
            } else if (c < ' ' || Character.isSurrogate(c)) { // half a character alone cannot be written as UTF-8
                result.append(String.format("\\u%04x", (int) c));
            } else {
                result.append(c);
            }
        }
        return result.append('"').toString();
    }
}
