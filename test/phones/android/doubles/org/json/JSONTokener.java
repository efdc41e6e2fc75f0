package org.json;

import java.util.ArrayList;
import java.util.List;

/**
 * Stands in for Android's class where the phone file depends on it: it is recursive, skips a byte order mark, accepts
 * words without quotes, and leaves text behind the value unread. Android also accepts comments and a few separators.
 */
public class JSONTokener {
    private final String in;
    private int at;

    public JSONTokener(String in) {
        this.in = in.startsWith("\ufeff") ? in.substring(1) : in;
    }

    /** Returns the next character that is not white space, or 0 at the end. */
    public char nextClean() throws JSONException {
        while (at < in.length() && " \t\r\n".indexOf(in.charAt(at)) >= 0) at++;
        return at < in.length() ? in.charAt(at++) : 0;
    }

    public Object nextValue() throws JSONException {
        char c = nextClean();
        if (c == 0) throw new JSONException("End of input at " + in);
        if (c == '{') return object();
        if (c == '[') return array();
        if (c == '"') return string();
        at--;
        return literal();
    }

    private Object literal() throws JSONException {
        int start = at;
        while (at < in.length() && "{}[]/\\:,=;# \t\r\n\f".indexOf(in.charAt(at)) < 0) at++;
        String word = in.substring(start, at);
        if (word.isEmpty()) throw new JSONException("Expected literal value at " + in);
        if (word.equals("null")) return JSONObject.NULL;
        if (word.matches("true|false")) return Boolean.valueOf(word);
        return word.matches("-?[0-9]+([.][0-9]+)?([eE][+-]?[0-9]+)?") ? (Object) Double.valueOf(word) : word;
    }

    private JSONObject object() throws JSONException {
        JSONObject result = new JSONObject();
        if (nextClean() == '}') return result;
        at--;
        while (true) {
            Object name = nextValue();
            if (!(name instanceof String) || nextClean() != ':') throw new JSONException("Expected a name at " + in);
            result.members.put((String) name, nextValue());
            char c = nextClean();
            if (c == '}') return result;
            if (c != ',') throw new JSONException("Unterminated object at " + in);
        }
    }

    private List<Object> array() throws JSONException {
        List<Object> result = new ArrayList<>();
        if (nextClean() == ']') return result;
        at--;
        while (true) {
            result.add(nextValue());
            char c = nextClean();
            if (c == ']') return result;
            if (c != ',') throw new JSONException("Unterminated array at " + in);
        }
    }

    private String string() throws JSONException {
        StringBuilder text = new StringBuilder();
        while (at < in.length()) {
            char c = in.charAt(at++);
            if (c == '"') return text.toString();
            text.append(c == '\\' && at < in.length() ? escaped() : c);
        }
        throw new JSONException("Unterminated string at " + in);
    }

    private char escaped() throws JSONException {
        char c = in.charAt(at++);
        if (c != 'u') return "tbnrf".indexOf(c) < 0 ? c : "\t\b\n\r\f".charAt("tbnrf".indexOf(c));
        if (at + 4 > in.length()) throw new JSONException("Unterminated escape sequence at " + in);
        at += 4;
        try {
            return (char) Integer.parseInt(in.substring(at - 4, at), 16);
        } catch (NumberFormatException wrong) {
            throw new JSONException("Invalid escape sequence at " + in);
        }
    }
}
