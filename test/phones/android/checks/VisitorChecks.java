// The visitor signs out or changes during a call. Nobody gets the former visitor's token.

import android.os.Looper;
import com.example.liveassist.LiveAssistTokens;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

final class VisitorChecks {
    private VisitorChecks() {}

    static void run() throws Exception {
        Endpoint.key = null;
        int before = Endpoint.seen("requests");
        Check.same("signed out", "", Call.of(Endpoint.at("ok")).answer());
        Check.same("asks no endpoint while signed out", before, Endpoint.seen("requests"));
        for (String next : new String[] {null, "bert"}) {
            Endpoint.key = "anna";
            Call call = Call.of(Endpoint.at("ok?ms=400"));
            MainThread.sleep(150);
            Endpoint.key = next;
            Check.same("during the request: " + next, "", call.answer());
            Endpoint.key = "anna";
            Check.same("after the request, on the main thread: " + next, "", changedOnTheMainThread(next).answer());
        }
        whereTheSessionIsRead();
        lockedKeyStore();
    }

    /** The token arrives while the main thread is busy with the sign-out, so it is posted before the key changes. */
    private static Call changedOnTheMainThread(String next) {
        Call call = Call.of(Endpoint.at("ok?ms=100"));
        MainThread.HANDLER.post(() -> {
            MainThread.sleep(700);
            Endpoint.key = next;
        });
        return call;
    }

    private static void whereTheSessionIsRead() throws Exception {
        List<String> where = new CopyOnWriteArrayList<>();
        LiveAssistTokens.Source source = new LiveAssistTokens.Endpoint(Endpoint.url + "ok", () -> {
            where.add(Looper.myLooper() == null ? "background" : "main");
            return "anna";
        });
        Call.of(new LiveAssistTokens(source)).answer();
        Check.same("where the session is read", "[background, main]", where.toString());
    }

    private static void lockedKeyStore() throws Exception {
        for (int failing = 0; failing < 2; failing++) {
            int last = failing;
            int[] reads = {0};
            LiveAssistTokens.Source source = new LiveAssistTokens.Endpoint(Endpoint.url + "ok", () -> {
                if (reads[0]++ == last) throw new GeneralSecurityException("secret");
                return "anna";
            });
            Check.same("the key cannot be read at time " + last, "", Call.of(new LiveAssistTokens(source)).answer());
        }
    }
}
