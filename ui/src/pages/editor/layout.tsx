/** How the form is laid out: sections, and fields beside each other. */
import { Card, CardBody, CardTitle, Grid, GridItem } from '@patternfly/react-core';
import type { ReactNode } from 'react';

export function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Card isCompact>
      <CardTitle component="h2">{title}</CardTitle>
      <CardBody>
        <div className="hp-section">{children}</div>
      </CardBody>
    </Card>
  );
}

export function Columns({ children }: { children: ReactNode[] }) {
  return (
    <Grid hasGutter>
      {children.map((child, index) => (
        <GridItem
          key={index}
          span={12}
          md={6}
          xl={Math.max(2, Math.floor(12 / children.length)) as 2 | 3 | 4 | 6}
        >
          {child}
        </GridItem>
      ))}
    </Grid>
  );
}
