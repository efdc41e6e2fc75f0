// Sixty calls to an endpoint that hangs: few threads, few requests, and nothing is left behind.

import java.util.ArrayList;
import java.util.List;

final class HangingChecks {
    private HangingChecks() {}

    static void run() throws Exception {
        List<Call> calls = new ArrayList<>();
        int before = Endpoint.seen("requests");
        for (int i = 0; i < 60; i++) calls.add(Call.of(Endpoint.at("slow-body")));
        MainThread.sleep(500);
        Check.that("at most five threads", CrowdChecks.threads() <= 5, CrowdChecks.threads());
        for (Call call : calls) {
            Check.same("a call of 60", "", call.answer());
            Check.that("a call of 60 in time", call.seconds < 8, call.seconds);
        }
        MainThread.sleep(7500);
        int requests = Endpoint.seen("requests") - before;
        Check.that("asks nothing for calls that are already answered", requests < 12, requests);
        for (int i = 0; i < 20 && CrowdChecks.threads() > 0; i++) MainThread.sleep(500);
        Check.same("no thread stays", 0L, CrowdChecks.threads());
        // The count itself comes over a connection.
        Check.same("no connection stays", 1, Endpoint.seen("open"));
    }
}
