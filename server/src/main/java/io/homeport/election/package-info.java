/** Leadership of one among several servers, through ZooKeeper. */
@NullMarked
package io.homeport.election;

import org.jspecify.annotations.NullMarked;
