// Runs ASP.NET's own pipeline on a free port, with Mono. It stands in for IIS: `mono Site.exe <folder of the site>`.

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using System.Threading;
using System.Web;
using System.Web.Hosting;

public sealed class Host : MarshalByRefObject
{
    public static void Main(string[] args) =>
        ((Host)ApplicationHost.CreateApplicationHost(typeof(Host), "/", Path.GetFullPath(args[0]))).Serve();

    public override object InitializeLifetimeService() => null;

    public void Serve()
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        Console.WriteLine($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/");
        while (true)
        {
            var client = listener.AcceptTcpClient();
            ThreadPool.QueueUserWorkItem(_ => Process(client));
        }
    }

    /// <summary>Like IIS, it refuses a target that is not a URI. Mono would end.</summary>
    private static void Process(TcpClient client)
    {
        try
        {
            HttpRuntime.ProcessRequest(new Request(client));
        }
        catch (Exception error)
        {
            Console.Error.WriteLine(error.GetType().Name);
            client.Close();
        }
    }

    /// <summary>One request per connection, without a body.</summary>
    private sealed class Request : SimpleWorkerRequest
    {
        private readonly TcpClient client;
        private readonly string[] line;
        private readonly List<KeyValuePair<string, string>> headers = new List<KeyValuePair<string, string>>();
        private readonly StringBuilder head = new StringBuilder();
        private readonly MemoryStream body = new MemoryStream();

        public Request(TcpClient client) : base("", "", TextWriter.Null)
        {
            this.client = client;
            var reader = new StreamReader(client.GetStream(), Encoding.GetEncoding("iso-8859-1"));
            line = reader.ReadLine().Split(' ');
            for (var text = reader.ReadLine(); !string.IsNullOrEmpty(text); text = reader.ReadLine())
            {
                var colon = text.IndexOf(':');
                headers.Add(new KeyValuePair<string, string>(text.Substring(0, colon), text.Substring(colon + 1).Trim()));
            }
        }

        private string[] Target => line[1].Split(new[] { '?' }, 2);
        private IPEndPoint Remote => (IPEndPoint)client.Client.RemoteEndPoint;

        /// <summary>Like IIS: decoded and tidied, and repeated headers joined. The address as it was sent is in RawUrl,
        /// because Mono knows no UNENCODED_URL.</summary>
        public override string GetUriPath() => Path.GetFullPath(
            "/" + Uri.UnescapeDataString(Regex.Replace(Target[0], "^[a-zA-Z]+://[^/]*", "")).Replace('\\', '/').TrimStart('/'));
        public override string GetFilePath() => GetUriPath();
        public override string GetPathInfo() => "";
        public override string GetRawUrl() => line[1];
        public override string GetQueryString() => Target.Skip(1).FirstOrDefault() ?? "";
        public override string GetHttpVerbName() => line[0];
        public override string GetHttpVersion() => line[2];
        public override string GetRemoteAddress() => Remote.Address.ToString();
        public override int GetRemotePort() => Remote.Port;
        public override string GetLocalAddress() => "127.0.0.1";
        public override int GetLocalPort() => ((IPEndPoint)client.Client.LocalEndPoint).Port;
        public override string GetKnownRequestHeader(int index) => Joined(GetKnownRequestHeaderName(index));
        public override string GetUnknownRequestHeader(string name) => Joined(name);

        private string Joined(string name)
        {
            var values = headers.Where(one => string.Equals(one.Key, name, StringComparison.OrdinalIgnoreCase)).ToList();
            return values.Count == 0 ? null : string.Join(", ", values.Select(one => one.Value));
        }

        public override string[][] GetUnknownRequestHeaders() => headers.Select(one => one.Key).Distinct()
            .Where(name => GetKnownRequestHeaderIndex(name) < 0)
            .Select(name => new[] { name, Joined(name) })
            .ToArray();

        public override void SendStatus(int statusCode, string statusDescription) =>
            head.Append($"HTTP/1.1 {statusCode} {statusDescription}\r\n");

        public override void SendKnownResponseHeader(int index, string value) =>
            SendUnknownResponseHeader(GetKnownResponseHeaderName(index), value);

        public override void SendUnknownResponseHeader(string name, string value)
        {
            if (name != "Content-Length" && name != "Transfer-Encoding") head.Append($"{name}: {value}\r\n");
        }

        public override void SendResponseFromMemory(byte[] data, int length) => body.Write(data, 0, length);
        public override void FlushResponse(bool finalFlush) { }

        public override void EndOfRequest()
        {
            using (client)
            {
                head.Append($"Date: {DateTime.UtcNow:R}\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n");
                var bytes = Encoding.ASCII.GetBytes(head.ToString()).Concat(body.ToArray()).ToArray();
                try
                {
                    client.GetStream().Write(bytes, 0, bytes.Length);
                }
                catch (IOException)
                {
                    // The client has left.
                }
            }
        }
    }
}
