/**
 * The vocabulary: immutable records and sealed interfaces in Mesos's and Marathon's standard terms.
 * It knows nothing else.
 */
package io.homeport.model;
