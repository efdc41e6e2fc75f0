# frozen_string_literal: true

# A minimal site in Ruby: sign-in, the bridge's tag, and the token endpoint of live_assist_token.rb. Start it with
#     ruby demo/recipes/ruby/site.rb     (gem install jwt rack puma)
# Its contacts are those of the demo's CRM, which `npm run demo` starts. It makes its key when it is first started.

require "openssl"
require "puma"
require "rack"
require "securerandom"
require "tempfile"
require_relative "live_assist_token"

ACCOUNTS = { "maya" => "maya@example.com", "zoe" => "zoe@example.com", "tom" => "tom@example.com" }.freeze
BRIDGE = File.expand_path("../../../dist/live-assist-bridge.umd.js", __dir__)
SESSIONS = {} # Who is signed in, by the cookie's value.

{
  "LIVE_ASSIST_ISSUER" => "www.example.com",
  "DYNAMICS_URL" => "http://127.0.0.1:3003",
  "DYNAMICS_TOKEN_URL" => "http://127.0.0.1:3003/oauth2/v2.0/token",
  "DYNAMICS_CLIENT_ID" => "demo",
  "DYNAMICS_CLIENT_SECRET" => "demo"
}.each { |name, value| ENV[name] ||= value }
unless ENV["LIVE_ASSIST_PRIVATE_KEY_FILE"]
  KEY = Tempfile.new("private_key") # Readable for this user alone.
  KEY.write(OpenSSL::PKey::RSA.new(2048).to_pem)
  KEY.flush
  ENV["LIVE_ASSIST_PRIVATE_KEY_FILE"] = KEY.path
end

def user(env)
  SESSIONS[Rack::Request.new(env).cookies["session"]]
end

# The account ends with the sign-in, and nobody can change its address on this site.
LiveAssistToken.define_singleton_method(:visitor) { |env| ACCOUNTS[user(env)] }

def page(name)
  buttons = ACCOUNTS.keys.map { |one| %(<button name="as" value="#{one}">Sign in as #{one}</button>) }.join(" ")
  # Empty for a guest, who then makes no request. With the trial contact, a guest is a visitor, too.
  visitor = name || ("trial" unless ENV.fetch("LIVE_ASSIST_TRIAL_CONTACT", "").empty?)
  <<~HTML
    <!doctype html>
    <title>Live Assist with Ruby</title>
    <script src="/live-assist-bridge.umd.js" data-token-endpoint="#{LiveAssistToken::PATH}" data-visitor="#{visitor}" defer></script>
    <p>Signed in: #{name || "nobody"}</p>
    <form method="post">#{buttons} <button name="as" value="">Sign out</button></form>
    <button onclick="authoriseChatWithCallback((token, error) => (answer.textContent = token ?? error))">Ask for a token</button>
    <pre id="answer"></pre>
  HTML
end

site = lambda do |env|
  request = Rack::Request.new(env)
  next LiveAssistToken.call(env) if request.path == LiveAssistToken::PATH
  next [200, { "content-type" => "text/javascript" }, [File.read(BRIDGE)]] if request.path == "/live-assist-bridge.umd.js"

  if request.post?
    SESSIONS.delete(request.cookies["session"])
    token = SecureRandom.urlsafe_base64
    SESSIONS[token] = request.POST["as"] if ACCOUNTS.key?(request.POST["as"])
    next [303, { "location" => "/", "set-cookie" => "session=#{token}; HttpOnly; SameSite=Lax" }, []]
  end
  [200, { "content-type" => "text/html; charset=utf-8", "cache-control" => "no-store" }, [page(user(env))]]
end

server = Puma::Server.new(site)
port = server.add_tcp_listener("127.0.0.1", Integer(ENV.fetch("PORT", "8000"))).addr[1]
$stdout.puts "http://127.0.0.1:#{port}/"
$stdout.flush
server.run.join
