/**
 * Every model call: gateway, budget, journal, retries, prices. The entry is {@link
 * dev.lightningbridge.model.ModelGateway}.
 */
@NullMarked
package dev.lightningbridge.model;

import org.jspecify.annotations.NullMarked;
