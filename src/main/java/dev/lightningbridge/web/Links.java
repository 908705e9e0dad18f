package dev.lightningbridge.web;

import io.quarkus.qute.TemplateExtension;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** What templates make links with. */
@TemplateExtension
final class Links {
  private Links() {}

  /** The text as the value of an address's parameter. */
  static String urlEncoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
