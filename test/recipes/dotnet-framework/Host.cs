// Runs ASP.NET's own pipeline on a free port, with Mono. It stands in for IIS: `mono Host.exe <folder of the site>`.

using System;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Web;
using System.Web.Hosting;

public sealed class Host : MarshalByRefObject
{
    public static void Main(string[] args)
    {
        var host = (Host)ApplicationHost.CreateApplicationHost(typeof(Host), "/", Path.GetFullPath(args[0]));
        host.Serve();
    }

    public override object InitializeLifetimeService() => null;

    public void Serve()
    {
        var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        var port = ((IPEndPoint)free.LocalEndpoint).Port;
        free.Stop();
        var listener = new HttpListener();
        listener.Prefixes.Add($"http://*:{port}/");
        listener.Start();
        Console.WriteLine($"http://127.0.0.1:{port}/");
        while (true)
        {
            var context = listener.GetContext();
            ThreadPool.QueueUserWorkItem(_ => HttpRuntime.ProcessRequest(new Request(context)));
        }
    }

    private sealed class Request : SimpleWorkerRequest
    {
        private readonly HttpListenerContext context;
        private readonly MemoryStream body = new MemoryStream();

        public Request(HttpListenerContext context) : base("", "", TextWriter.Null) { this.context = context; }

        public override string GetUriPath() => context.Request.Url.AbsolutePath;
        public override string GetFilePath() => GetUriPath();
        public override string GetPathInfo() => "";
        public override string GetRawUrl() => context.Request.RawUrl;
        public override string GetQueryString() => context.Request.Url.Query.TrimStart('?');
        public override string GetHttpVerbName() => context.Request.HttpMethod;
        public override string GetHttpVersion() => "HTTP/1.1";
        public override string GetRemoteAddress() => context.Request.RemoteEndPoint.Address.ToString();
        public override int GetRemotePort() => context.Request.RemoteEndPoint.Port;
        public override string GetLocalAddress() => context.Request.LocalEndPoint.Address.ToString();
        public override int GetLocalPort() => context.Request.LocalEndPoint.Port;
        public override string GetKnownRequestHeader(int index) => Joined(GetKnownRequestHeaderName(index));
        public override string GetUnknownRequestHeader(string name) => Joined(name);

        private string Joined(string name) => context.Request.Headers[name];

        public override string[][] GetUnknownRequestHeaders() => context.Request.Headers.AllKeys
            .Where(name => GetKnownRequestHeaderIndex(name) < 0)
            .Select(name => new[] { name, Joined(name) })
            .ToArray();

        public override void SendStatus(int statusCode, string statusDescription) =>
            context.Response.StatusCode = statusCode;

        public override void SendKnownResponseHeader(int index, string value) =>
            SendUnknownResponseHeader(GetKnownResponseHeaderName(index), value);

        public override void SendUnknownResponseHeader(string name, string value)
        {
            if (name == "Content-Type") context.Response.ContentType = value;
            else if (name != "Content-Length" && name != "Transfer-Encoding") context.Response.AddHeader(name, value);
        }

        public override void SendResponseFromMemory(byte[] data, int length) => body.Write(data, 0, length);
        public override void FlushResponse(bool finalFlush) { }

        public override void EndOfRequest()
        {
            try
            {
                context.Response.ContentLength64 = body.Length;
                if (context.Request.HttpMethod != "HEAD") body.WriteTo(context.Response.OutputStream);
                context.Response.Close();
            }
            catch (Exception)
            {
                // The client has left.
            }
        }
    }
}
