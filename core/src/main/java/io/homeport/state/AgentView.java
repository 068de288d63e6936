package io.homeport.state;

import io.homeport.model.AgentStatus;
import io.homeport.model.Pool;
import java.time.Instant;

/**
 * How an agent looked when it was last seen, under the present leadership.
 *
 * @param status whether it can be used
 * @param total all it has, used or not
 * @param lastOffered what it last offered to anybody in our role, unreserved
 * @param seenAt when it was last reported or offered something
 */
public record AgentView(AgentStatus status, Pool total, Pool lastOffered, Instant seenAt) {}
