package io.syllabus.spark.session;

import io.syllabus.Text;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Optional;
import javax.servlet.Filter;
import javax.servlet.FilterChain;
import javax.servlet.FilterConfig;
import javax.servlet.ServletException;
import javax.servlet.ServletRequest;
import javax.servlet.ServletResponse;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletRequestWrapper;
import javax.servlet.http.HttpServletResponse;
import org.apache.spark.SparkConf;

/**
 * Asks whoever opens a page of Spark's for a name and a password (HTTP Basic, RFC 7617), since
 * Spark's own access lists hold for named users only. Spark makes one of it where {@code
 * spark.ui.filters} names it, with {@code spark.io.syllabus.spark.session.PageGuard.param.user} and
 * {@code .password}. The name and the password are as safe on their way as the page is.
 */
public final class PageGuard implements Filter {
  private static final String PREFIX = "spark." + PageGuard.class.getName() + ".param.";

  private String user;
  private byte[] expected;

  @Override
  public void init(FilterConfig config) throws ServletException {
    user = config.getInitParameter("user");
    String password = config.getInitParameter("password");
    if (user == null || password == null || password.isEmpty()) {
      throw new ServletException(Text.format("Pages need %suser and %spassword", PREFIX, PREFIX));
    }
    expected = basic(user, password).getBytes(StandardCharsets.UTF_8);
  }

  private static String basic(String user, String password) {
    byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(pair);
  }

  /** What opens the pages to who has their password; empty where the settings have none. */
  static Optional<String> credentials(SparkConf conf) {
    return conf.contains(PREFIX + "password")
        ? Optional.of(basic(conf.get(PREFIX + "user", ""), conf.get(PREFIX + "password")))
        : Optional.empty();
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain page)
      throws IOException, ServletException {
    HttpServletRequest asked = (HttpServletRequest) request;
    String given = asked.getHeader("Authorization");
    // Takes as long whatever is wrong with it.
    if (given != null && MessageDigest.isEqual(given.getBytes(StandardCharsets.UTF_8), expected)) {
      page.doFilter(new Named(asked, user), response);
      return;
    }
    HttpServletResponse refusal = (HttpServletResponse) response;
    refusal.setHeader("WWW-Authenticate", "Basic realm=\"Syllabus\", charset=\"UTF-8\"");
    refusal.sendError(HttpServletResponse.SC_UNAUTHORIZED);
  }

  @Override
  public void destroy() {}

  /** A request of somebody whose name is known. */
  private static final class Named extends HttpServletRequestWrapper {
    private final String user;

    Named(HttpServletRequest request, String user) {
      super(request);
      this.user = user;
    }

    @Override
    public String getRemoteUser() {
      return user;
    }
  }
}
