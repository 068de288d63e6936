import { Alert, AlertActionCloseButton, AlertGroup } from '@patternfly/react-core';
import { createContext, type ReactNode, useCallback, useContext, useMemo, useState } from 'react';

type Notice = {
  key: number;
  variant: 'success' | 'danger' | 'warning';
  title: string;
  body?: ReactNode;
};
type Notify = (notice: Omit<Notice, 'key'>) => void;

const NotifyContext = createContext<Notify>(() => undefined);

/** Tells the user in the corner of the page what came of something. */
export function useNotify(): Notify {
  return useContext(NotifyContext);
}

let lastKey = 0;

export function Notifications({ children }: { children: ReactNode }) {
  const [notices, setNotices] = useState<Notice[]>([]);
  const notify = useCallback<Notify>((notice) => {
    lastKey++;
    setNotices((before) => [{ ...notice, key: lastKey }, ...before].slice(0, 4));
  }, []);
  const close = (key: number) => setNotices((before) => before.filter((one) => one.key !== key));
  return (
    <NotifyContext value={useMemo(() => notify, [notify])}>
      {children}
      <AlertGroup isToast isLiveRegion>
        {notices.map((notice) => (
          <Alert
            key={notice.key}
            variant={notice.variant}
            title={notice.title}
            timeout={notice.variant === 'success' ? 8_000 : 20_000}
            onTimeout={() => close(notice.key)}
            actionClose={<AlertActionCloseButton onClose={() => close(notice.key)} />}
          >
            {notice.body}
          </Alert>
        ))}
      </AlertGroup>
    </NotifyContext>
  );
}
