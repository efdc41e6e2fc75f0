package androidx.webkit;

/** Stands in for androidx.webkit 1.7.0 and later: a page may send bytes, and then getData() throws. */
public class WebMessageCompat {
    private final String string;
    private final byte[] bytes;

    public WebMessageCompat(String data) {
        string = data;
        bytes = null;
    }

    public WebMessageCompat(byte[] arrayBuffer) {
        string = null;
        bytes = arrayBuffer.clone();
    }

    public String getData() {
        if (bytes != null) throw new IllegalStateException("Wrong data accessor type detected.");
        return string;
    }
}
