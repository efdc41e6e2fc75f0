// Sources that an app writes itself, and an SDK that throws.

import android.os.Handler;
import com.example.liveassist.LiveAssistTokens;

final class SourceChecks {
    private static final String TOKEN = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl";

    private SourceChecks() {}

    static void run() throws Exception {
        Call throwing = Call.of(new LiveAssistTokens(answer -> {
            throw new IllegalStateException("secret");
        }));
        Check.same("a source that throws", "", throwing.answer());
        for (String token : new String[] {null, "", "a.b", "a.b.c.d", "a.b.c\n", "\u0430.b.c", "a..c"})
            Check.same("a source that answers " + token, "", Call.of(new LiveAssistTokens(answer -> answer.accept(token))).answer());
        String long70k = new String(new char[70_000]).replace('\0', 'a') + ".b.c";
        Check.same("a very long token", "", Call.of(new LiveAssistTokens(answer -> answer.accept(long70k))).answer());
        severalAnswers();
        sdkThatThrows();
    }

    private static void severalAnswers() throws Exception {
        Call call = Call.of(new LiveAssistTokens(answer -> {
            for (int i = 0; i < 4; i++) {
                String token = "a.b." + i;
                new Thread(() -> answer.accept(token)).start();
            }
            answer.accept(TOKEN);
            answer.accept(null);
        }));
        call.answer();
        MainThread.sleep(200);
        Check.same("a source that answers six times", "[" + TOKEN + "]", call.received.toString());
        Call other = Call.of(new LiveAssistTokens(answer -> new Thread(() -> answer.accept(TOKEN)).start()));
        Check.same("a source that answers on another thread", TOKEN, other.answer());
        Check.that("is answered on the main thread", other.onMain, false);
    }

    private static void sdkThatThrows() {
        int[] calls = {0};
        LiveAssistTokens tokens = new LiveAssistTokens(answer -> MainThread.HANDLER.postDelayed(() -> answer.accept(TOKEN), 10));
        tokens.authoriseChatWithCallback(jwt -> {
            calls[0]++;
            throw new IllegalStateException("SDK");
        });
        MainThread.sleep(200);
        Check.same("an SDK that throws is called once", 1, calls[0]);
        Check.same("its exception is not hidden", 1, Handler.crashes.size());
        Handler.crashes.clear();
    }
}
