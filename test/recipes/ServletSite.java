// A site in Tomcat whose sign-in, sign-out and visitor are what LiveAssistToken.java says about HttpSession.

package com.example.web;

import com.example.site.LiveAssistToken;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.util.Map;
import org.apache.catalina.startup.Tomcat;

public final class ServletSite extends HttpServlet {
    private static final Map<String, String> CONTACTS = Map.of(// CONTACTS
    );

    record User(String name, String contactId) {}

    private static String yourVisitor(HttpServletRequest request) {
        // HERE
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String as = request.getParameter("as");
        switch (request.getRequestURI()) {
            case LiveAssistToken.PATH -> {
                // THE HEAD
            }
            case "/sign-in.php" -> {
                User user = new User(as, CONTACTS.get(as));
                // AT THE SIGN-IN
            }
            // As the site did it before the recipe came: its users have no contact.
            case "/sign-in-only.php" -> request.getSession().setAttribute("user", new User(as, null));
            case "/sign-out.php" -> {
                // AT THE SIGN-OUT
            }
            case "/sign-out-only.php" -> request.getSession().removeAttribute("user");
            default -> response.setStatus(404);
        }
    }

    public static void main(String[] arguments) throws Exception {
        Tomcat tomcat = new Tomcat();
        tomcat.setBaseDir(arguments[0]);
        tomcat.setPort(0);
        tomcat.getConnector().setProperty("address", "127.0.0.1");
        var context = tomcat.addContext("", null);
        Tomcat.addServlet(context, "site", new ServletSite());
        context.addServletMappingDecoded("/", "site");
        tomcat.start();
        System.out.println("http://127.0.0.1:" + tomcat.getConnector().getLocalPort());
        tomcat.getServer().await();
    }
}
