package io.homeport.scheduler;

import io.homeport.model.AppDefinition;
import io.homeport.model.AppId;
import io.homeport.model.DeploymentId;
import io.homeport.model.InstanceId;
import io.homeport.model.VolumeId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What users ask for. */
public sealed interface Command {
  /**
   * Creates or changes apps, all or none.
   *
   * @param apps what each is to be
   * @param force whether deployments in the way are cancelled
   * @param origin who asked
   */
  record PutApps(List<AppPut> apps, boolean force, Origin origin) implements Command {}

  /**
   * One app of {@link PutApps}.
   *
   * @param definition what it is to be; its version fields are not looked at
   * @param basis the version the definition was made from; absent when the app is to be new.
   *     Another current version is answered with {@link ErrorCode#STALE}, and an existing app
   *     without a basis with {@link ErrorCode#APP_EXISTS}
   */
  record AppPut(AppDefinition definition, Optional<Instant> basis) {}

  /**
   * Who asked, for the event stream.
   *
   * @param clientIp the client's address
   * @param uri what was asked for
   */
  record Origin(String clientIp, String uri) {}

  /**
   * Deletes an app: its tasks end, its volumes are destroyed, its reservations freed.
   *
   * @param app the app
   * @param force whether deployments in the way are cancelled
   * @param basis when present, the app's current version must be this one
   */
  record DeleteApp(AppId app, boolean force, Optional<Instant> basis) implements Command {}

  /**
   * Replaces all tasks of an app, within its upgrade strategy.
   *
   * @param app the app
   * @param force whether deployments in the way are cancelled
   */
  record RestartApp(AppId app, boolean force) implements Command {}

  /**
   * Ends tasks of instances.
   *
   * @param instances the instances; unknown ones are passed over
   * @param mode what becomes of the instances
   * @param force whether deployments in the way are cancelled; matters only for {@link
   *     KillMode#SCALE}
   */
  record KillInstances(List<InstanceId> instances, KillMode mode, boolean force)
      implements Command {}

  /** What becomes of instances whose tasks are ended on request. */
  enum KillMode {
    /** They are relaunched: with volumes at home, without anywhere. */
    RELAUNCH,
    /** The app shrinks by them; their volumes are detached. */
    SCALE,
    /** Their volumes are destroyed, and others with new volumes take their place. */
    WIPE,
    /** Others with new volumes take their place; the volumes are left behind. */
    REPLACE
  }

  /**
   * Ends a deployment before its time.
   *
   * @param deployment the deployment
   * @param force true: it just stops; false: a further deployment leads back to the state before it
   */
  record CancelDeployment(DeploymentId deployment, boolean force) implements Command {}

  /**
   * Ends the launch delay of an app.
   *
   * @param app the app
   */
  record ResetDelay(AppId app) implements Command {}

  /**
   * Destroys one volume that no instance uses: detached, left behind or quarantined. The others of
   * its reservation go with it, because an instance needs all of its volumes.
   *
   * @param volume the volume
   */
  record DestroyVolume(VolumeId volume) implements Command {}

  /**
   * Ends the safe mode; nothing when it does not hold. What waited for it begins at once, and all
   * apps are looked at.
   */
  record Resume() implements Command {}

  /**
   * Makes the reservation of a volume that was left behind (or is quarantined) the home of an
   * instance of an app. An instance that has another home leaves that one behind.
   *
   * @param volume the volume
   * @param app the app; its volumes and resources must fit
   * @param ordinal which instance; absent: the one of the reservation's own ordinal if it exists,
   *     else the lowest
   */
  record AdoptVolume(VolumeId volume, AppId app, Optional<Integer> ordinal) implements Command {}
}
