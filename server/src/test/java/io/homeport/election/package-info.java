@NullMarked
package io.homeport.election;

import org.jspecify.annotations.NullMarked;
