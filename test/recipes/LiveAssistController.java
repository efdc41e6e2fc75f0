// A servlet's two objects, as far as the head of LiveAssistToken.java meets them, in a package of their own.

package com.example.web;

import com.example.site.LiveAssistToken;
import java.io.PrintWriter;
import java.util.Collections;
import java.util.Enumeration;

public final class LiveAssistController {
    record Request(String method) {
        String getMethod() {
            return method;
        }

        String getRequestURI() {
            return LiveAssistToken.PATH;
        }

        String getProtocol() {
            return "HTTP/1.1";
        }

        String getRemoteAddr() {
            return "127.0.0.1";
        }

        Enumeration<String> getHeaders(String name) {
            return Collections.emptyEnumeration();
        }

        Enumeration<String> getHeaderNames() {
            return Collections.emptyEnumeration();
        }
    }

    static final class Response {
        final PrintWriter writer = new PrintWriter(System.out, true);

        void setStatus(int status) {
            writer.println(status);
        }

        void setHeader(String name, String value) {
            writer.println(name + ": " + value);
        }

        PrintWriter getWriter() {
            return writer;
        }
    }

    private static String yourVisitor(Request request) {
        return null;
    }

    public static void main(String[] arguments) {
        Request request = new Request(arguments[0]);
        Response response = new Response();
        // THE HEAD'S LINES
        response.writer.println();
    }
}
