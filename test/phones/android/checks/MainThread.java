// Runs things on the app's main thread.

import android.os.Handler;
import android.os.Looper;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;

final class MainThread {
    static final Handler HANDLER = new Handler(Looper.getMainLooper());

    private MainThread() {}

    static <T> T run(Callable<T> work) throws Exception {
        FutureTask<T> task = new FutureTask<>(work);
        HANDLER.post(task);
        return task.get();
    }

    /** Returns when everything that was posted before has run. */
    static void settle() throws Exception {
        run(() -> null);
    }

    static void sleep(long milliseconds) {
        try {
            Thread.sleep(milliseconds);
        } catch (InterruptedException end) {
            throw new IllegalStateException(end);
        }
    }
}
