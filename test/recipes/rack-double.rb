# frozen_string_literal: true

# A server for Rack applications, as far as the recipe needs one: one request a connection, on a free port.

require "json"
require "socket"
require_relative "live_assist_token"

server = TCPServer.new("127.0.0.1", 0)
$stdout.puts "http://127.0.0.1:#{server.addr[1]}/"
$stdout.flush

loop do
  Thread.new(server.accept) do |client|
    method, target, version = client.gets.split
    # Like WEBrick, it adds a host to a path in REQUEST_URI. PATH_INFO never has one.
    uri = target.start_with?("/") ? "http://site.example#{target}" : target
    path, query = uri.sub(%r{\A\w+:(?://[^/?]*)?}, "").split("?", 2)
    env = {
      "REQUEST_METHOD" => method, "SCRIPT_NAME" => "", "QUERY_STRING" => query.to_s,
      # Decoded and tidied beside the address as it was sent, like WEBrick's.
      "PATH_INFO" => File.expand_path(URI.decode_www_form_component(path.to_s), "/"), "REQUEST_URI" => uri,
      "REMOTE_ADDR" => client.peeraddr[3], "SERVER_PROTOCOL" => version, "rack.session" => {}
    }
    while (line = client.gets.chomp) != ""
      name, value = line.split(/: ?/, 2)
      name = "HTTP_#{name.upcase.tr("-", "_")}"
      env[name] = env.key?(name) ? "#{env[name]}, #{value}" : value # As Rack's own servers do.
    end
    status, headers, body = LiveAssistToken.call(env)
    text = body.join # As it is, to HEAD too: Rack's own servers want an application that gives HEAD no body.
    client.write "HTTP/1.1 #{status} Any\r\n"
    headers.each { |name, value| client.write "#{name}: #{value}\r\n" }
    client.write "content-length: #{text.bytesize}\r\nconnection: close\r\n\r\n#{text}"
    client.close
  end
end
