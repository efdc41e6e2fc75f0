package org.json;

import java.util.HashMap;
import java.util.Map;

/** Stands in for Android's class. Of two equal names, the last one counts. */
public class JSONObject {
    public static final Object NULL = new Object() {
        @Override
        public String toString() {
            return "null";
        }
    };

    final Map<String, Object> members = new HashMap<>();

    public Object opt(String name) {
        return members.get(name);
    }
}
