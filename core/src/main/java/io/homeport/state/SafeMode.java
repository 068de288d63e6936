package io.homeport.state;

import java.time.Instant;

/**
 * The mode in which nothing is reserved, launched, killed or destroyed. It begins with a restored
 * state, which may know less than there is, lasts across restarts and take-overs, and ends on
 * request. Requests are recorded meanwhile and carried out afterwards.
 *
 * @param since since when it holds
 * @param why what it began with, as a sentence
 */
public record SafeMode(Instant since, String why) {}
