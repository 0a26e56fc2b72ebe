// The part of `drop/mount` that the app uses, by `paths` of tsconfig.json.
// Next would check Drop's sources by its own rules.

export interface Alert {
  severity: 'info' | 'warning' | 'critical';
  title: string;
  message: string;
}

export interface MountedDrop {
  fetch(request: Request): Promise<Response>;
  sendAlert(alert: Alert): Promise<void>;
  reportUnhandled(error: unknown): Promise<void>;
  close(reason: string): Promise<void>;
}

export declare function mountDrop(): Promise<MountedDrop>;
