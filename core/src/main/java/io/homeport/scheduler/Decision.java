package io.homeport.scheduler;

import io.homeport.state.Change;
import java.util.List;

/**
 * What the scheduler decided: all of it takes place or nothing.
 *
 * @param changes what changes, in order; at most {@link Scheduler#MAX_CHANGES} stored ones
 * @param effects what is done after the commit, in order
 * @param reply what the asker gets; {@link Reply.Done} where nobody asked
 */
public record Decision(List<Change> changes, List<Effect> effects, Reply reply) {}
