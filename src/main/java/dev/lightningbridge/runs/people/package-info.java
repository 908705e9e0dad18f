/**
 * People's scores, and people as the grader of a sealed test. The entries are {@link
 * dev.lightningbridge.runs.people.Scoring} and {@link dev.lightningbridge.runs.people.PeopleTests}.
 */
@NullMarked
package dev.lightningbridge.runs.people;

import org.jspecify.annotations.NullMarked;
