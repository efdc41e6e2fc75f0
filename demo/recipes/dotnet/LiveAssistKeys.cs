// Makes the key pair and prints what to enter in Live Assist, for people without Node. The site does not need this file.

#nullable enable

using System;
using System.IO;
using System.Linq;
using System.Security.Cryptography;

namespace LiveAssist;

public static class LiveAssistKeys
{
    private const string PrivateFile = "private_key.pem";
    private const string PublicFile = "public_key.pem";

    /// <summary>Writes both files to the current folder. An existing file is never overwritten.</summary>
    /// <returns>The exit code: 0, or 2 if nothing was written.</returns>
    public static int Run(string[] args)
    {
        if (args is not [{ Length: > 0 } issuer])
            return Refuse("Give the site's name, exactly as its tokens name it: dotnet run -- keys www.example.com");
        if (issuer.StartsWith('-') || issuer.Any(letter => char.IsWhiteSpace(letter) || char.IsControl(letter)))
            return Refuse("The site's name contains white space or begins with a dash. Write it like www.example.com.");
        foreach (var file in new[] { PrivateFile, PublicFile })
            if (File.Exists(file)) return Refuse($"{file} exists and is not overwritten. Move it away first.");

        using var key = RSA.Create(2048);
        var publicKey = key.ExportSubjectPublicKeyInfo();
        try
        {
            Write(PrivateFile, key.ExportPkcs8PrivateKeyPem());
            Write(PublicFile, key.ExportSubjectPublicKeyInfoPem());
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return Refuse("The key files cannot be written to this folder. Choose a folder that you may write to.");
        }
        Console.WriteLine($"""
            Wrote {PrivateFile}: the site signs with it. Keep it out of the repository and of Live Assist.
            Wrote {PublicFile}: its value is in the table.

            Where in Live Assist

              older screens  Campaign Builder > Data Sources > Authentication server
                             > Configure
              newer screens  Campaign Builder > Integrations > Consumer Identity Providers
                             > Configure

            What to enter

              Type                     oAuth 2.0 authentication (newer screens: Implicit)
              Authentication Endpoint  (leave blank)
              JWT Public Key           (the long line below, all of it)
              JS Method Name           authoriseChatWithCallback
              JS Context               (leave blank)
              On newer screens also
              JWT Issuer               {issuer}
              Issuer Display Name      {issuer} (any name)

            JWT Public Key, one line

            {Convert.ToBase64String(publicKey)}

            Its SHA-256 fingerprint, to compare keys by

            {Convert.ToHexString(SHA256.HashData(publicKey)).ToLowerInvariant()}

            What to set for the site

              LIVE_ASSIST_ISSUER            {issuer}
              LIVE_ASSIST_PRIVATE_KEY_FILE  {Path.GetFullPath(PrivateFile)}

            Next: dotnet run
            """);
        return 0;
    }

    /// <summary>Creates the file with its permissions in one step, so that nobody can open it in between.</summary>
    private static void Write(string file, string text)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = file == PrivateFile
                ? UnixFileMode.UserRead | UnixFileMode.UserWrite
                : UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
        using var writer = new StreamWriter(file, options);
        writer.Write(text + "\n");
    }

    private static int Refuse(string sentence)
    {
        Console.Error.WriteLine(sentence);
        return 2;
    }
}
