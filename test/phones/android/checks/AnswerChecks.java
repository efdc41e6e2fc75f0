// What the endpoint answers, and what the SDK gets.

import android.os.Handler;
import com.example.liveassist.LiveAssistTokens;
import java.lang.ref.WeakReference;

final class AnswerChecks {
    private AnswerChecks() {}

    static void run() throws Exception {
        for (String path : Endpoint.paths("accepted")) {
            Call call = Call.of(Endpoint.at(path));
            Check.same(path, Endpoint.tokenFor("anna"), call.answer());
            Check.that(path + " on the main thread", call.onMain, false);
        }
        for (String path : Endpoint.paths("refused")) {
            int before = Endpoint.seen("requests");
            Call call = Call.of(Endpoint.at(path));
            Check.same(path, "", call.answer());
            Check.that(path + " at once", call.seconds < 6, call.seconds);
            // Java's client sends a request again if the connection was closed before the answer.
            if (!path.equals("hang-up")) Check.same(path + " is one request", before + 1, Endpoint.seen("requests"));
        }
        addresses();
        keys();
        keepsNothing();
    }

    private static void addresses() throws Exception {
        LiveAssistTokens nobody = new LiveAssistTokens(new LiveAssistTokens.Endpoint("http://127.0.0.1:1/", () -> "anna"));
        Check.same("nobody listens", "", Call.of(nobody).answer());
        for (String wrong : new String[] {"www.example.com/token", "/token", "file:/etc/hostname", "ftp://127.0.0.1/x", ""}) {
            try {
                new LiveAssistTokens.Endpoint(wrong, () -> "anna");
                Check.that("refuses the address " + wrong, false, "accepted");
            } catch (IllegalArgumentException refused) {
                Check.that("says what to write", refused.getMessage().endsWith("Begin it with https://"), refused);
            }
        }
    }

    private static void keys() throws Exception {
        for (String wrong : new String[] {"a\nb", "a\r\nX: y"}) {
            LiveAssistTokens.Source source = new LiveAssistTokens.Endpoint(Endpoint.url + "ok", () -> wrong);
            Check.same("a key with a line break", "", Call.of(new LiveAssistTokens(source)).answer());
        }
    }

    private static void keepsNothing() throws Exception {
        LiveAssistTokens tokens = Endpoint.at("ok");
        int before = Endpoint.seen("requests");
        for (String key : new String[] {"anna", "anna", "bert"}) {
            Endpoint.key = key;
            Check.same("keeps no token", Endpoint.tokenFor(key), Call.of(tokens).answer());
        }
        Check.same("asks the endpoint each time", before + 3, Endpoint.seen("requests"));

        MainThread.settle();
        int posts = Handler.waiting();
        WeakReference<Call> answered = answered();
        for (int i = 0; i < 20 && answered.get() != null; i++) {
            System.gc();
            MainThread.sleep(50);
        }
        Check.that("releases the SDK's callback", answered.get() == null, "still held");
        Check.same("removes the time limit of an answered call", posts, Handler.waiting());
    }

    private static WeakReference<Call> answered() throws Exception {
        Call call = Call.of(Endpoint.at("ok"));
        call.answer();
        MainThread.settle();
        return new WeakReference<>(call);
    }
}
