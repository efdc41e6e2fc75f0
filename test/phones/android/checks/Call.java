// One call of the SDK. Keeps what the SDK's callback receives.

import android.os.Looper;
import com.cafex.liveassist.LiveAssistAuth;
import com.example.liveassist.LiveAssistTokens;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

final class Call implements LiveAssistAuth {
    final List<String> received = new CopyOnWriteArrayList<>();
    volatile double seconds;
    volatile long answered;
    volatile boolean onMain = true;
    private final long begun = System.nanoTime();
    private final CountDownLatch first = new CountDownLatch(1);

    static Call of(LiveAssistTokens tokens) {
        Call call = new Call();
        tokens.authoriseChatWithCallback(call);
        return call;
    }

    @Override
    public void authorise(String jwt) {
        answered = System.nanoTime();
        seconds = (answered - begun) / 1e9;
        onMain &= Looper.myLooper() == Looper.getMainLooper();
        received.add(String.valueOf(jwt));
        first.countDown();
    }

    /** Waits for the first answer, longer than the file's own limit. */
    String answer() throws Exception {
        return first.await(12, TimeUnit.SECONDS) ? received.get(0) : "no answer";
    }
}
