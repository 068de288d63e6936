import { Breadcrumb, BreadcrumbItem, Content, PageSection, Title } from '@patternfly/react-core';
import { type ReactNode, useEffect } from 'react';
import { Link } from 'react-router';

export type Crumb = { text: string; to: string };

/** The head of each page: where it is, what it is called, what can be done with it. */
export function PageHeader(props: {
  title: string;
  crumbs?: readonly Crumb[];
  labels?: ReactNode;
  actions?: ReactNode;
  description?: ReactNode;
}) {
  useDocumentTitle(props.title);
  const crumbs = props.crumbs ?? [];
  return (
    <PageSection hasBodyWrapper={false} className="hp-page-header">
      {crumbs.length > 0 && (
        <Breadcrumb className="hp-breadcrumb">
          {crumbs.map((crumb) => (
            <BreadcrumbItem key={crumb.to}>
              <Link to={crumb.to}>{crumb.text}</Link>
            </BreadcrumbItem>
          ))}
          <BreadcrumbItem isActive>{props.title}</BreadcrumbItem>
        </Breadcrumb>
      )}
      <div className="hp-heading">
        <div className="hp-heading-title">
          <Title headingLevel="h1">{props.title}</Title>
          {props.labels}
        </div>
        {props.actions && <div className="hp-heading-actions">{props.actions}</div>}
      </div>
      {props.description && <Content component="p">{props.description}</Content>}
    </PageSection>
  );
}

export function useDocumentTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} · Homeport`;
  }, [title]);
}
