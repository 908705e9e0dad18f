package dev.lightningbridge.findings;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Points at characters that people read as plain letters and programs do not: letters of formulas,
 * in circles and boxes, small capitals, turned ones, flags' letters in a row; and letters that are
 * struck out or stacked with marks.
 */
final class StyledLook implements Look {
  private static final List<Pattern> STYLED =
      List.of(
          Pattern.compile("[\\x{1D400}-\\x{1D7FF}\\x{24B6}-\\x{24E9}\\x{1F130}-\\x{1F189}]{2,}"),
          Pattern.compile("(?:[\\x{1F1E6}-\\x{1F1FF}]\\s?){3,}"),
          Pattern.compile("\\p{L}*(?:[\\x{250}-\\x{2AF}\\x{1D00}-\\x{1DBF}]\\p{L}*){3,}"),
          Pattern.compile("(?:\\p{L}[\\x{334}-\\x{338}\\x{20D0}-\\x{20E4}]+\\s?){2,}"),
          Pattern.compile("\\p{IsLatin}\\p{Mn}{3,}"));

  @Override
  public List<Suspect> at(String text) {
    return STYLED.stream()
        .flatMap(style -> style.matcher(text).results())
        .map(
            match ->
                new Suspect(
                    Finding.Kind.SCRIPT,
                    match.start(),
                    match.end(),
                    "Characters that look like plain letters and are others."))
        .toList();
  }
}
