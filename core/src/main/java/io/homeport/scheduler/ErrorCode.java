package io.homeport.scheduler;

/** The kinds of refusal. Their names are stable: programs may rely on them. */
public enum ErrorCode {
  /** There is no such app. */
  APP_UNKNOWN,
  /** The app is to be new and exists. */
  APP_EXISTS,
  /** A deployment of the app is under way. */
  APP_LOCKED,
  /** The app changed since the version that the request was made for. */
  STALE,
  /** The change is not allowed, or contradicts itself. */
  INVALID,
  /** There is no such deployment. */
  DEPLOYMENT_UNKNOWN,
  /** There is no such task or instance. */
  TASK_UNKNOWN,
  /** There is no such volume. */
  VOLUME_UNKNOWN,
  /** The volume is in use, so it cannot be destroyed or adopted. */
  VOLUME_IN_USE,
  /** The volume does not fit what the app defines. */
  VOLUME_UNFIT,
  /** The safe mode stands in the way. */
  SAFE_MODE,
  /** Too many deployments are under way. */
  TOO_MANY_DEPLOYMENTS,
  /** The store has no room; nothing was changed. */
  STORE_FULL,

  /** What is wanted is more than the store takes in one piece. */
  TOO_LARGE,
  /** The server is not leading, is stopping, or is read-only; nothing was changed. */
  UNAVAILABLE
}
