/** People and programs that use the API. */
@NullMarked
package io.homeport.simulation.users;

import org.jspecify.annotations.NullMarked;
