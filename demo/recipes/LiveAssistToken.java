// Token endpoint for Live Assist with the JDK alone (17 or newer).
//
// 1. Start it with: java LiveAssistToken.java (PORT, default 8080), and let the site's web server pass the path that is
//    the bridge's tokenEndpoint on to it, with the Host header as the browser sent it.
//    Or put a `package` line on top of this file, and in a servlet or a Spring controller of yours:
//        var answer = LiveAssistToken.respond(request.getMethod(), request::getHeader, () -> yourVisitor(request));
//        response.setStatus(answer.status());
//        answer.headers().forEach(response::setHeader);
//        response.getWriter().write(answer.json());
// 2. Replace the body of visitor() by a look at your own session.
// 3. Set these in the environment, and keep the key file outside of the web root:
//    LIVE_ASSIST_ISSUER            www.example.com, exactly as entered in Live Assist
//    LIVE_ASSIST_PRIVATE_KEY_FILE  /etc/live-assist/private_key.pem (BEGIN PRIVATE KEY), readable for this process alone
//    DYNAMICS_URL                  https://contoso.crm4.dynamics.com
//    DYNAMICS_TOKEN_URL            https://login.microsoftonline.com/<tenant id>/oauth2/v2.0/token
//    DYNAMICS_CLIENT_ID, DYNAMICS_CLIENT_SECRET   of an application user that may read contacts

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.interfaces.RSAPrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

public final class LiveAssistToken {
    private static final int LIFETIME = 7200; // seconds
    private static final Pattern GUID =
            Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", Pattern.CASE_INSENSITIVE);
    private static final HttpClient HTTP = HttpClient.newBuilder() // Follows no redirects, as it must be here.
            .connectTimeout(Duration.ofSeconds(3)).build();

    /**
     * REPLACE THE BODY. Who is signed in, by your own session? Answer
     * <ul>
     * <li>the GUID of the visitor's Contact in Dynamics, if your session keeps it: best; or
     * <li>the visitor's e-mail address, if you have VERIFIED it: with any other, everybody can be everybody; or
     * <li>null when nobody is signed in.
     * </ul>
     * For example: return sessions.contactIdOf(request.getFirst("Cookie"));
     */
    private static String visitor(Headers request) {
        return null;
    }

    /** Its message says what went wrong and holds no secret. */
    private static final class Failed extends Exception {
        Failed(String message) {
            super(message);
        }
    }

    public record Answer(int status, String json) {
        public Map<String, String> headers() {
            Map<String, String> headers = new LinkedHashMap<>();
            headers.put("Content-Type", "application/json");
            headers.put("Cache-Control", "no-store");
            headers.put("Vary", "Cookie, Authorization");
            headers.put("X-Content-Type-Options", "nosniff");
            if (status == 405) headers.put("Allow", "GET, POST");
            return headers;
        }
    }

    public static void main(String[] arguments) throws IOException {
        int port = Integer.parseInt(System.getenv().getOrDefault("PORT", "8080"));
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext("/", LiveAssistToken::handle);
        server.start();
        System.out.println("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    }

    private static void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Headers request = exchange.getRequestHeaders();
            Answer answer = respond(exchange.getRequestMethod(), request::getFirst, () -> visitor(request));
            byte[] body = answer.json().getBytes(StandardCharsets.UTF_8);
            answer.headers().forEach(exchange.getResponseHeaders()::set);
            boolean head = exchange.getRequestMethod().equals("HEAD");
            exchange.sendResponseHeaders(answer.status(), head ? -1 : body.length);
            if (!head) exchange.getResponseBody().write(body);
        }
    }

    /** @param header answers the request's header of a name, or null */
    public static Answer respond(String method, UnaryOperator<String> header, Supplier<String> signedIn) {
        if (!List.of("GET", "POST").contains(method)) return new Answer(405, "{\"error\":\"method-not-allowed\"}");
        if (!askedByOwnPage(header)) return new Answer(403, "{\"error\":\"foreign-origin\"}");
        try {
            String visitor = signedIn.get();
            if (visitor == null || visitor.isEmpty()) return new Answer(401, "{\"error\":\"signed-out\"}");
            Map<String, String> contact = findContact(visitor);
            if (contact == null) return new Answer(403, "{\"error\":\"no-contact\"}");
            return new Answer(200, "{\"token\":\"" + sign(claims(contact)) + "\"}");
        } catch (Exception error) {
            // Only our own sentences go to the log: a foreign message or a stack trace may hold the key or an address.
            System.err.println("Live Assist token: "
                    + (error instanceof Failed ? error.getMessage() : error.getClass().getName()));
            return new Answer(500, "{\"error\":\"failed\"}");
        }
    }

    /** A page of another site must never get a token. Who sends neither header is no page: a phone, a server. */
    private static boolean askedByOwnPage(UnaryOperator<String> header) {
        String site = header.apply("Sec-Fetch-Site");
        if (site != null) return site.equals("same-origin") || site.equals("none");
        String origin = header.apply("Origin");
        String host = header.apply("Host");
        return origin == null || origin.equals("https://" + host) || origin.equals("http://" + host);
    }

    /** The active contact in Dynamics with this GUID or e-mail address. */
    private static Map<String, String> findContact(String visitor) throws Exception {
        boolean byId = GUID.matcher(visitor).matches();
        String column = byId ? "contactid" : "emailaddress1";
        String value = byId ? visitor : "'" + visitor.replace("'", "''") + "'"; // OData doubles a quote within text.
        String query = "$select=contactid,firstname,lastname,emailaddress1"
                + "&$filter=" + encode(column + " eq " + value + " and statecode eq 0");
        String found = ask("Dynamics", HttpRequest.newBuilder(URI.create(dynamicsUrl() + "/api/data/v9.2/contacts?" + query))
                .header("Authorization", "Bearer " + accessToken()));
        if (!LIST.matcher(found).find())
            throw new Failed("Dynamics answered no list of contacts. Is DYNAMICS_URL right?");
        // Dynamics finds josé for jose. Compared again, with only A to Z the same as a to z.
        Pattern same = Pattern.compile(Pattern.quote(visitor), Pattern.CASE_INSENSITIVE);
        List<Map<String, String>> contacts = objects(found).stream()
                .filter(row -> same.matcher(row.getOrDefault(column, "")).matches()).toList();
        if (contacts.size() > 1)
            throw new Failed("Two active contacts have one e-mail address. Merge them in Dynamics.");
        return contacts.isEmpty() ? null : contacts.get(0);
    }

    /** Not kept: asked for with each token of a visitor. A busy site keeps it while it is valid. */
    private static String accessToken() throws Exception {
        String form = "grant_type=client_credentials"
                + "&client_id=" + encode(setting("DYNAMICS_CLIENT_ID"))
                + "&client_secret=" + encode(setting("DYNAMICS_CLIENT_SECRET"))
                + "&scope=" + encode(dynamicsUrl() + "/.default");
        String answer = ask("DYNAMICS_TOKEN_URL", HttpRequest.newBuilder(URI.create(address("DYNAMICS_TOKEN_URL")))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form)));
        return objects(answer).stream().map(fields -> fields.get("access_token")).filter(Objects::nonNull).findFirst()
                .orElseThrow(() -> new Failed("DYNAMICS_TOKEN_URL answered no access token. Is the address right?"));
    }

    /** One request of three seconds at most, the body included: HttpRequest.timeout() would end at the headers. */
    private static String ask(String who, HttpRequest.Builder request) throws Failed, InterruptedException {
        CompletableFuture<HttpResponse<String>> asked =
                HTTP.sendAsync(request.header("Accept", "application/json").build(), BodyHandlers.ofString());
        try {
            HttpResponse<String> response = asked.get(3, TimeUnit.SECONDS);
            if (response.statusCode() != 200)
                throw new Failed(who + " answered " + response.statusCode() + (response.statusCode() == 429
                        ? ". Those are too many requests: try again later, or keep the access token while it is valid."
                        : ". Are the settings right, and may the application user read contacts?"));
            if (!response.body().strip().startsWith("{"))
                throw new Failed(who + " answered no JSON object. Is the address right?");
            return response.body();
        } catch (ExecutionException | TimeoutException error) {
            throw new Failed(who + " could not be reached. Is the address right?");
        } finally {
            asked.cancel(true); // So that what has not answered in time gives its connection back.
        }
    }

    private static String claims(Map<String, String> contact) throws Failed {
        String id = contact.getOrDefault("contactid", "");
        if (!GUID.matcher(id).matches())
            throw new Failed("Dynamics answered a contactid that is no GUID. Is DYNAMICS_URL right?");
        long now = Instant.now().getEpochSecond();
        Map<String, String> claims = new LinkedHashMap<>();
        claims.put("sub", quote(id.toLowerCase(Locale.ROOT)));
        if (!contact.getOrDefault("firstname", "").isEmpty()) claims.put("given_name", quote(contact.get("firstname")));
        if (!contact.getOrDefault("lastname", "").isEmpty()) claims.put("family_name", quote(contact.get("lastname")));
        claims.put("iss", quote(setting("LIVE_ASSIST_ISSUER")));
        claims.put("iat", Long.toString(now)); // Numbers, in seconds.
        claims.put("exp", Long.toString(now + LIFETIME));
        return claims.entrySet().stream().map(claim -> quote(claim.getKey()) + ":" + claim.getValue())
                .collect(Collectors.joining(",", "{", "}"));
    }

    /** RS256, the only algorithm that Live Assist takes. */
    private static String sign(String claims) throws Exception {
        Base64.Encoder base64url = Base64.getUrlEncoder().withoutPadding();
        String input = base64url.encodeToString("{\"alg\":\"RS256\",\"typ\":\"JWT\"}".getBytes(StandardCharsets.UTF_8))
                + "." + base64url.encodeToString(claims.getBytes(StandardCharsets.UTF_8));
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(privateKey());
        signature.update(input.getBytes(StandardCharsets.US_ASCII));
        return input + "." + base64url.encodeToString(signature.sign());
    }

    private static RSAPrivateKey privateKey() throws Failed {
        RSAPrivateKey key;
        try {
            String pem = Files.readString(Path.of(setting("LIVE_ASSIST_PRIVATE_KEY_FILE")));
            byte[] der = Base64.getMimeDecoder().decode(pem.replaceAll("-----(BEGIN|END) PRIVATE KEY-----", ""));
            key = (RSAPrivateKey) KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(der));
        } catch (IOException | IllegalArgumentException | GeneralSecurityException error) {
            throw new Failed("LIVE_ASSIST_PRIVATE_KEY_FILE cannot be read, or holds no RSA private key. "
                    + "Is it the file that begins with BEGIN PRIVATE KEY, without a pass phrase?");
        }
        int bits = key.getModulus().bitLength();
        if (bits >= 2048) return key;
        throw new Failed("LIVE_ASSIST_PRIVATE_KEY_FILE holds a key of " + bits + " bits. Make a pair of 2048 bits.");
    }

    // The JDK has no JSON. With Jackson or Gson at hand, let them read and write instead.

    private static final String TEXT = "\"([^\"\\\\]*+(?:\\\\.[^\"\\\\]*+)*+)\"";
    private static final Pattern LIST = Pattern.compile("\"value\"\\s*:\\s*\\[");
    private static final Pattern OBJECT = Pattern.compile("\\{((?:[^{}\"]++|" + TEXT + ")*+)\\}");
    private static final Pattern FIELD = Pattern.compile(TEXT + "\\s*:\\s*(?:" + TEXT + ")?");
    private static final Pattern ESCAPE = Pattern.compile("\\\\(?:u([0-9a-fA-F]{4})|(.))");

    /** The innermost objects of a JSON text, with those of their fields that are text. */
    private static List<Map<String, String>> objects(String json) {
        List<Map<String, String>> objects = new ArrayList<>();
        Matcher object = OBJECT.matcher(json);
        while (object.find()) {
            Map<String, String> fields = new LinkedHashMap<>();
            Matcher field = FIELD.matcher(object.group(1));
            while (field.find()) if (field.group(2) != null) fields.put(field.group(1), unescape(field.group(2)));
            objects.add(fields);
        }
        return objects;
    }

    private static String unescape(String text) {
        return ESCAPE.matcher(text).replaceAll(found -> Matcher.quoteReplacement(found.group(1) != null
                ? String.valueOf((char) Integer.parseInt(found.group(1), 16))
                : switch (found.group(2)) {
                    case "b" -> "\b";
                    case "f" -> "\f";
                    case "n" -> "\n";
                    case "r" -> "\r";
                    case "t" -> "\t";
                    default -> found.group(2);
                }));
    }

    private static String quote(String text) {
        return text.chars()
                .mapToObj(c -> c == '"' || c == '\\' ? "\\" + (char) c
                        : c < ' ' ? String.format("\\u%04x", c) : String.valueOf((char) c))
                .collect(Collectors.joining("", "\"", "\""));
    }

    private static String encode(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static String dynamicsUrl() throws Failed {
        return address("DYNAMICS_URL").replaceAll("/+$", "");
    }

    /** Client secret and access token travel there: https, but for a server on this machine. */
    private static String address(String name) throws Failed {
        if (setting(name).matches("(https://|http://127\\.0\\.0\\.1:)[\\w.:/-]+")) return setting(name);
        throw new Failed(name + " is not written like its example. "
                + "Does it begin with https://, and is nothing like <tenant id> left in it?");
    }

    private static String setting(String name) throws Failed {
        String value = System.getenv(name);
        if (value == null || value.isEmpty())
            throw new Failed(name + " is not set. The head of LiveAssistToken.java says what it is.");
        return value;
    }
}
