package android.os;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Stands in for Android's class. Runs everything on one thread named "main". */
public class Handler {
    /** What was thrown on the main thread. On a phone, it would have ended the app. */
    public static final List<Throwable> crashes = new CopyOnWriteArrayList<>();

    private static volatile Thread main;
    private static final ScheduledThreadPoolExecutor LOOP = new ScheduledThreadPoolExecutor(1, Handler::newMain);
    /** Everything that was posted and has not run yet. */
    private static final List<Posted> POSTED = new ArrayList<>();

    static {
        LOOP.setRemoveOnCancelPolicy(true);
    }

    private static final class Posted {
        final Runnable work;
        ScheduledFuture<?> future;

        Posted(Runnable work) {
            this.work = work;
        }
    }

    public Handler(Looper looper) {
        if (looper == null) throw new NullPointerException("looper");
    }

    private static Thread newMain(Runnable work) {
        main = new Thread(work, "main");
        main.setDaemon(true);
        return main;
    }

    static boolean isMainThread() {
        return Thread.currentThread() == main;
    }

    public final boolean post(Runnable work) {
        return postDelayed(work, 0);
    }

    public final boolean postDelayed(Runnable work, long delayMillis) {
        Posted posted = new Posted(work);
        synchronized (POSTED) {
            POSTED.add(posted);
            posted.future = LOOP.schedule(() -> run(posted), delayMillis, TimeUnit.MILLISECONDS);
        }
        return true;
    }

    private static void run(Posted posted) {
        synchronized (POSTED) {
            if (!POSTED.remove(posted)) return;
        }
        try {
            posted.work.run();
        } catch (Throwable crash) {
            crashes.add(crash);
        }
    }

    public final void removeCallbacks(Runnable work) {
        synchronized (POSTED) {
            POSTED.removeIf(posted -> posted.work == work && posted.future.cancel(false));
        }
    }

    /** For the checks: how many posts have not run yet. */
    public static int waiting() {
        synchronized (POSTED) {
            return POSTED.size();
        }
    }
}
