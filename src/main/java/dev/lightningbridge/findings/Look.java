package dev.lightningbridge.findings;

import java.util.List;

/** Looks for one kind of thing in a text. */
interface Look {
  /** What is there, by place. */
  List<Suspect> at(String text);
}
