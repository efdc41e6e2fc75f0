// The token endpoint's double, as the checks see it.

import com.example.liveassist.LiveAssistTokens;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.URL;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

final class Endpoint {
    static String url;
    /** The key of the app's current session. Null: nobody is signed in. */
    static volatile String key = "anna";

    private Endpoint() {}

    /** A source of tokens that asks this path with the current key. */
    static LiveAssistTokens at(String path) {
        return new LiveAssistTokens(new LiveAssistTokens.Endpoint(url + path, () -> key));
    }

    static String tokenFor(String key) {
        byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
        return "head." + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes) + ".sign";
    }

    /** The paths with this outcome: accepted, refused or slow. */
    static List<String> paths(String outcome) throws Exception {
        List<String> paths = new ArrayList<>();
        for (String line : get("cases")) if (line.startsWith(outcome + " ")) paths.add(line.split(" ")[1]);
        Check.that("has paths: " + outcome, paths.size() > 5, paths);
        return paths;
    }

    /** What the endpoint has counted: requests, cookies, cacheable requests, open connections, bytes of the longest answer. */
    static int seen(String name) throws Exception {
        for (String line : get("seen")) if (line.startsWith(name + " ")) return Integer.parseInt(line.split(" ")[1]);
        throw new IllegalStateException("The endpoint does not count " + name);
    }

    private static List<String> get(String path) throws Exception {
        URLConnection connection = new URL(url + path).openConnection();
        connection.setUseCaches(false);
        try (BufferedReader body = new BufferedReader(new InputStreamReader(connection.getInputStream()))) {
            List<String> lines = new ArrayList<>();
            for (String line; (line = body.readLine()) != null; ) lines.add(line);
            return lines;
        }
    }
}
