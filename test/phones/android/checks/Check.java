// Counts checks and keeps the failures.

import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

final class Check {
    private static final List<String> FAILED = new CopyOnWriteArrayList<>();
    private static int count;

    private Check() {}

    static void that(String what, boolean holds, Object seen) {
        count += 1;
        if (!holds) FAILED.add(what + ": " + seen);
    }

    static void same(String what, Object wanted, Object seen) {
        that(what, wanted.equals(seen), seen + " instead of " + wanted);
    }

    /** Returns the exit code. */
    static int report(PrintStream out) {
        for (String line : FAILED) out.println("FAILED " + line);
        out.println(count + " checks, " + FAILED.size() + " failed");
        return FAILED.isEmpty() && count > 0 ? 0 : 1;
    }
}
