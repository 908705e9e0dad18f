package dev.lightningbridge.model.sandbox;

import java.util.List;

/**
 * The true grade of an output.
 *
 * @param reward 0 to 1
 * @param violated the requirements that it breaks; only the gate where that is closed
 */
record Assessment(double reward, List<Skill> violated) {}
