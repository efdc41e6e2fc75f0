package android.os;

/** Stands in for Android's class. Knows only the main thread. */
public final class Looper {
    private static final Looper MAIN = new Looper();

    private Looper() {}

    public static Looper getMainLooper() {
        return MAIN;
    }

    public static Looper myLooper() {
        return Handler.isMainThread() ? MAIN : null;
    }
}
