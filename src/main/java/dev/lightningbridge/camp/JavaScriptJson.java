package dev.lightningbridge.camp;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * JSON exactly as JavaScript's {@code JSON.stringify} writes it (ECMA-262, 25.5.2), which the app's
 * hashes are taken over: no white space, members in the order given, only quotes, backslashes,
 * controls and lone surrogates escaped, numbers as JavaScript prints them.
 */
public final class JavaScriptJson {
  private static final String HEX = "0123456789abcdef";

  private JavaScriptJson() {}

  /** Writes maps, collections, texts, numbers, booleans and null. */
  public static String stringify(@Nullable Object value) {
    StringBuilder out = new StringBuilder();
    write(value, out);
    return out.toString();
  }

  private static void write(@Nullable Object value, StringBuilder out) {
    switch (value) {
      case null -> out.append("null");
      case CharSequence text -> quote(text, out);
      case Boolean bool -> out.append(bool);
      case Integer number -> out.append(number);
      case Long number -> out.append(number);
      case Double number -> out.append(number(number));
      case Map<?, ?> map -> {
        String separator = "{";
        for (Map.Entry<?, ?> member : map.entrySet()) {
          out.append(separator);
          quote(String.valueOf(member.getKey()), out);
          out.append(':');
          write(member.getValue(), out);
          separator = ",";
        }
        out.append(map.isEmpty() ? "{}" : "}");
      }
      case Collection<?> items -> {
        String separator = "[";
        for (Object item : items) {
          out.append(separator);
          write(item, out);
          separator = ",";
        }
        out.append(items.isEmpty() ? "[]" : "]");
      }
      default -> throw new IllegalArgumentException("no JSON value: " + value.getClass());
    }
  }

  private static void quote(CharSequence text, StringBuilder out) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\b' -> out.append("\\b");
        case '\t' -> out.append("\\t");
        case '\n' -> out.append("\\n");
        case '\f' -> out.append("\\f");
        case '\r' -> out.append("\\r");
        default -> {
          if (c < ' ' || isLoneSurrogate(text, i)) {
            out.append("\\u");
            for (int shift = 12; shift >= 0; shift -= 4) {
              out.append(HEX.charAt((c >> shift) & 0xF));
            }
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }

  private static boolean isLoneSurrogate(CharSequence text, int i) {
    char c = text.charAt(i);
    if (Character.isHighSurrogate(c)) {
      return i + 1 == text.length() || !Character.isLowSurrogate(text.charAt(i + 1));
    }
    return Character.isLowSurrogate(c)
        && (i == 0 || !Character.isHighSurrogate(text.charAt(i - 1)));
  }

  /** ECMA-262, 6.1.6.1.20; Java finds the same digits since JDK 19. */
  private static String number(double value) {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      return "null";
    }
    if (value == 0) {
      return "0";
    }
    BigDecimal exact = new BigDecimal(Double.toString(Math.abs(value))).stripTrailingZeros();
    // Java always prints two digits, and then the nearest ones: 4.9E-324 where 5e-324 would do.
    BigDecimal oneDigit = exact.round(new MathContext(1));
    if (oneDigit.doubleValue() == Math.abs(value)) {
      exact = oneDigit.stripTrailingZeros();
    }
    String digits = exact.unscaledValue().toString();
    int point = digits.length() - exact.scale();
    String sign = value < 0 ? "-" : "";
    if (point > 21 || point < -5) {
      String fraction = digits.length() == 1 ? "" : "." + digits.substring(1);
      int exponent = point - 1;
      return sign + digits.charAt(0) + fraction + (exponent < 0 ? "e" : "e+") + exponent;
    }
    if (point <= 0) {
      return sign + "0." + "0".repeat(-point) + digits;
    }
    return digits.length() <= point
        ? sign + digits + "0".repeat(point - digits.length())
        : sign + digits.substring(0, point) + "." + digits.substring(point);
  }
}
