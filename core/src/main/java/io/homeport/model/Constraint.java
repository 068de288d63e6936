package io.homeport.model;

import java.util.Optional;

/**
 * A placement rule: {@code field operator value}.
 *
 * @param field {@code hostname} (or {@code @hostname}), {@code @region}, {@code @zone}, or the name
 *     of an agent attribute
 * @param operator what must hold of the field
 * @param value the operator's operand; absent where the operator needs none
 */
public record Constraint(String field, Operator operator, Optional<String> value) {
  /** Marathon's seven operators. */
  public enum Operator {
    /** No two instances share the field's value. */
    UNIQUE,
    /** All instances have the same value: the given one, or the first one's. */
    CLUSTER,
    /** Instances spread evenly over the values; the operand is the least number of values. */
    GROUP_BY,
    /** The value matches the regular expression. */
    LIKE,
    /** The value does not match the regular expression. */
    UNLIKE,
    /** At most so many instances share a value. */
    MAX_PER,
    /** The value is exactly the operand. */
    IS
  }
}
