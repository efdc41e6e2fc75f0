// Runs one group of checks. Usage: java Main GROUP URL, with the URL of the token endpoint's double.
// Prints one line per failure and a closing line. The exit code tells whether a check failed.

import android.os.Handler;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.CacheRequest;
import java.net.CacheResponse;
import java.net.ResponseCache;
import java.net.URI;
import java.net.URLConnection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

public final class Main {
    private interface Group {
        void run() throws Exception;
    }

    private static final Map<String, Group> GROUPS = Map.of(
            "answers", AnswerChecks::run,
            "visitors", VisitorChecks::run,
            "sources", SourceChecks::run,
            "pages", PageChecks::run,
            "crowds", CrowdChecks::run,
            "slow", SlowChecks::run,
            "hanging", HangingChecks::run);

    public static void main(String[] arguments) throws Exception {
        Endpoint.url = arguments[1];
        PrintStream out = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true));
        System.setErr(new PrintStream(printed, true));
        List<String> uncaught = new CopyOnWriteArrayList<>();
        Thread.setDefaultUncaughtExceptionHandler((thread, error) -> uncaught.add(thread.getName() + " " + error));
        List<String> cache = watchTheCache();

        GROUPS.get(arguments[0]).run();

        Check.that("prints nothing", printed.size() == 0, printed);
        Check.that("ends no thread with an exception", uncaught.isEmpty(), uncaught);
        Check.that("throws nothing on the main thread", Handler.crashes.isEmpty(), Handler.crashes);
        Check.that("uses no cache", cache.isEmpty(), cache);
        Check.same("sends no cookie", 0, Endpoint.seen("cookies"));
        Check.same("tells everything in between to answer nothing from a cache", 0, Endpoint.seen("cacheable"));
        System.exit(Check.report(out));
    }

    /** Installs a cache for the whole app, as an app may do, and lists every use of it. */
    private static List<String> watchTheCache() {
        List<String> uses = new CopyOnWriteArrayList<>();
        ResponseCache.setDefault(new ResponseCache() {
            @Override
            public CacheResponse get(URI uri, String method, Map<String, List<String>> headers) {
                uses.add("get " + uri);
                return null;
            }

            @Override
            public CacheRequest put(URI uri, URLConnection connection) {
                uses.add("put " + uri);
                return null;
            }
        });
        return uses;
    }
}
