package dev.lightningbridge.dataset.split;

import dev.lightningbridge.dataset.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a text asks, without what mails carry around it: reply prefixes, greetings, thanks and
 * sign-offs, numbers of tickets and orders, and words that only point (articles, pronouns, please).
 * Each is left out only where enough remains to tell the text from others; and a number that is not
 * marked as one of a ticket, an order or the like stays, since it may decide the answer.
 */
final class CoreText {
  /** With fewer words left, what was left out was the text itself. */
  private static final int FEWEST_WORDS = 3;

  private static final int MOST_ROUNDS = 4;

  private static final Set<String> POINTING =
      Set.of(
          ("a an the my our your his her their its this that these those i you we he she they me"
                  + " them am is are was were be been do does did have has had would could should"
                  + " shall please pls kindly der die das dem ein eine einen einem einer mein meine"
                  + " meinen meiner unser unsere ich sie wir ihr mir mich uns bitte ist sind habe"
                  + " haben können könnte könnten würde würden")
              .split(" "));

  private static final Pattern REPLY =
      compile(
          "^(?:[^\\n"
              + ":]{1,12}: )?(?:(?:re|fwd?|aw|wg|antw|sv|vs|rv|tr|回复|答复|转发|返信|転送)(?:\\[\\d+])?:"
              + " ?)+");

  private static final Pattern LETTER =
      compile(
          "^(?:dear|liebe[rs]?|sehr geehrte[rs]?|guten tag|cher|chère|estimad[oa]s?|gentile|beste"
              + "|geachte|szanown\\p{L}+)(?: [^\\s,;!?:]+){0,4} ?[,!\\n]+\\s*");

  private static final Pattern HELLO =
      compile(
          "^(?:hello|hi|hey|greetings|good (?:morning|afternoon|evening|day)|hallo|guten"
              + " (?:tag|morgen|abend)|servus|moin|grüss gott|bonjour|bonsoir|salut|hola|buenos días|buenas"
              + " (?:tardes|noches)|ciao|buongiorno|buonasera|olá|bom dia|boa tarde|goedendag|hej"
              + "|hei|cześć|dzień dobry|здравствуйте|привет|добрый день)(?:(?: (?:there|all|again"
              + "|team|everyone|support|folks|zusammen|dear))* ?(?: [^\\s,;!?:]+)? ?[,!.\\n]+\\s*"
              + "|(?: there| all| again| team| everyone)?(?= ))\\s*");

  private static final Pattern HELLO_UNSPACED =
      compile("^(?:こんにちは|こんばんは|おはようございます|お世話になって(?:い|お)ります|お世話になります|はじめまして|您好|你好|안녕하세요)[、。!,\\s]*");

  private static final Pattern HOPE =
      compile("^(?:i )?hope (?:you|this|everything|all)(?!\\p{L})[^.!?\\n]*[.!?\\n]+\\s*");

  /** What mail programs and companies put below a mail. */
  private static final Pattern FOOTER =
      compile(
          "\\n(?:--(?=\\n)|(?:sent|get) (?:from|outlook for|via) |(?:von meinem|gesendet (?:von|mit)|envoyé"
              + " depuis|enviado desde|inviato da|verzonden vanaf)"
              + " |(?:this|the information in this) (?:e-?mail|message)(?:,? and any| is | may |"
              + " contains )|diese (?:e-?mail|nachricht) (?:enthält|ist|kann) |(?:please )?consider"
              + " the environment )[\\s\\S]*$");

  private static final Pattern ANSWERED =
      compile("^(?:on|am|le|el) [^\\n]{6,100} (?:wrote|schrieb[^\\n:]*|a écrit|escribió) ?:\\n");

  private static final String THANKS =
      "(?:many thanks|thanks|thank you|thx|cheers|much appreciated|vielen dank|besten"
          + " dank|herzlichen dank|danke|merci|muchas gracias|gracias|grazie|muito"
          + " obrigad[oa]|obrigad[oa]|bedankt|dank u|alvast bedankt|tack|dziękuję|спасибо|looking"
          + " forward|have a (?:nice|good|great|lovely)|i appreciate)";

  private static final Pattern THANKING =
      compile("(?<=[.!?\\n。！？])\\s*" + THANKS + "(?!\\p{L})[^.!?\\n]{0,60}[.!\\s\\p{So}]*$");

  private static final Pattern THANKED = compile("[\\s,]+" + THANKS + "[.!\\s\\p{So}]*$");

  private static final Pattern SIGNED =
      compile(
          "(?<=[.!?\\n"
              + ",。！？])\\s*(?:(?:with )?(?:best|kind|kindest|warm|many)"
              + " (?:regards|wishes)|regards|sincerely|yours (?:sincerely|faithfully|truly)|mit"
              + " (?:freundlichen|besten) grüssen|(?:viele|beste|liebe|freundliche)"
              + " grüsse|mfg|lg|vg|cordialement|bien cordialement|un saludo|saludos(?:"
              + " cordiales)?|atentamente|cordiali saluti|saluti|atenciosamente|met vriendelijke"
              + " groet(?:en)?|groeten|hälsningar|pozdrawiam|с"
              + " уважением)(?!\\p{L})[\\s\\S]{0,60}$");

  private static final Pattern THANKED_UNSPACED =
      compile(
          "(?:(?:どうぞ)?(?:よろしく|宜しく)お願い(?:いた|致)?します|(?:どうも)?ありがとうござい(?:ます|ました)|ありがとう|谢谢(?:您|你)?"
              + "|謝謝(?:您|你)?|感谢(?:您|你)?|감사합니다|고맙습니다)[、。!.,\\s]*$");

  private static final String ID = "(?:\\p{L}{0,4}[-_/]?)?\\d[\\p{L}\\d_/-]*";

  private static final String NAMED_NUMBER =
      "(?<![\\p{L}\\d])((?:ticket|case|invoice|incident|reference|ref|customer|account|contract"
          + "|tracking|rma|id|vorgang|vorgangsnummer|rechnung|rechnungsnummer|bestellung"
          + "|bestellnummer|kundennummer|auftrag|auftragsnummer|facture|commande|dossier|factura"
          + "|pedido|fattura|ordine|bestelling|(?:order|ticket|case|invoice|account|customer|reference|tracking|serial|phone)"
          + " (?:id|no|nr|number))(?: (?:id|no|nr|number|num|nummer))?|(?:order|request)"
          + " ?(?:#|no(?!\\p{L})|nr(?!\\p{L})|:)|no\\.|nr\\.?|n°|№|#|注文番号|受付番号"
          + "|お問い合わせ番号|番号|チケット|工单号?|订单号?|单号)[\\s.:#]{0,3}"
          + ID;

  private static final Pattern NUMBERED = compile(NAMED_NUMBER);

  /** Where the number has a place of its own, what names it goes too. */
  private static final Pattern NUMBERED_ASIDE =
      compile(
          "[(\\[]\\s*"
              + NAMED_NUMBER
              + "\\s*[)\\]]|(?m:^)"
              + NAMED_NUMBER
              + "\\s*[\\])]?(?:[:,.-]|$)");

  private static final Pattern CODE =
      compile(
          "(?<![\\p{L}\\d.,-])(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|(?:order|request)"
              + " \\p{L}{0,3}-?\\d{3,}|\\p{L}{1,6}[-_]\\d{4,}[\\p{L}\\d-]*|\\d{8,}|\\[\\d+])(?![\\p{L}\\d])");

  private static final Pattern ENUMERATED =
      compile("^\\(?\\d+\\)?[.):]\\s|(?<=[.,;!?。、)])\\s*[(\\[]?\\d+[)\\]]?[.!]?$");

  private static final Pattern NUMBER = compile("\\d+");

  private CoreText() {}

  private static Pattern compile(String regex) {
    return Pattern.compile(regex);
  }

  /** The words that a text is compared by; the last of them is its numbers in their order. */
  static List<String> words(String text) {
    String normal = Words.normal(text);
    List<String> core = telling(Words.of(bare(normal)));
    List<String> words = core.size() < FEWEST_WORDS ? Words.of(normal) : core;
    List<String> numbers = words.stream().filter(word -> NUMBER.matcher(word).lookingAt()).toList();
    if (numbers.size() < 2) {
      return words;
    }
    List<String> all = new ArrayList<>(words);
    all.add(String.join(" ", numbers));
    return all;
  }

  private static List<String> telling(List<String> words) {
    return words.stream().filter(word -> !POINTING.contains(word)).toList();
  }

  private static String bare(String normal) {
    String text = normal;
    for (int round = 0; round < MOST_ROUNDS; round++) {
      String before = text;
      for (Pattern opening : List.of(REPLY, ANSWERED, LETTER, HELLO, HELLO_UNSPACED, HOPE)) {
        text = without(text, opening);
      }
      for (Pattern closing : List.of(FOOTER, SIGNED, THANKING, THANKED, THANKED_UNSPACED)) {
        text = without(text, closing);
      }
      if (text.equals(before)) {
        break;
      }
    }
    text = NUMBERED_ASIDE.matcher(text).replaceAll(" ").strip();
    text = CODE.matcher(NUMBERED.matcher(text).replaceAll("$1 ")).replaceAll(" ").strip();
    return NUMBER.matcher(text).results().limit(2).count() == 1
        ? ENUMERATED.matcher(text).replaceAll("")
        : text;
  }

  /** Nothing is taken that leaves nothing. */
  private static String without(String text, Pattern part) {
    Matcher found = part.matcher(text);
    if (!found.find()) {
      return text;
    }
    String rest = (text.substring(0, found.start()) + text.substring(found.end())).strip();
    return telling(Words.of(rest)).size() < FEWEST_WORDS ? text : rest;
  }
}
