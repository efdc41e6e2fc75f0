package android.net;

/** Stands in for Android's class. Like Android's, parse keeps any text. */
public abstract class Uri {
    private Uri() {}

    public static Uri parse(final String uriString) {
        if (uriString == null) throw new NullPointerException("uriString");
        return new Uri() {
            @Override
            public String toString() {
                return uriString;
            }
        };
    }

    @Override
    public abstract String toString();
}
