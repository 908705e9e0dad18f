package dev.lightningbridge.findings;

import java.util.HashMap;
import java.util.Map;

/** International Morse code of letters and digits (ITU-R M.1677). */
final class Morse {
  private static final Map<String, String> LETTERS = letters();

  private Morse() {}

  /** What it says. */
  static String read(String text) {
    StringBuilder said = new StringBuilder();
    for (String word : text.replace('·', '.').strip().split("\\s*/\\s*|\\s{2,}", -1)) {
      for (String letter : word.strip().split("\\s+", -1)) {
        said.append(LETTERS.getOrDefault(letter, "\uFFFD"));
      }
      said.append(' ');
    }
    return said.toString().strip();
  }

  private static Map<String, String> letters() {
    String[] codes =
        (".- -... -.-. -.. . ..-. --. .... .. .--- -.- .-.. -- -. --- .--. --.- .-. ... - ..- ...- .-- -..- -.-- --.. "
                + "----- .---- ..--- ...-- ....- ..... -.... --... ---.. ----.")
            .split(" ", -1);
    Map<String, String> letters = new HashMap<>();
    for (int i = 0; i < codes.length; i++) {
      letters.put(codes[i], String.valueOf((char) (i < 26 ? 'a' + i : '0' + i - 26)));
    }
    return letters;
  }
}
