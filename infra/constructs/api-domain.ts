import {
  ApiMapping,
  DomainName,
  type HttpApi,
  type HttpStage,
  type IDomainName,
  type IHttpStage,
  SecurityPolicy,
} from "aws-cdk-lib/aws-apigatewayv2";
import { Certificate } from "aws-cdk-lib/aws-certificatemanager";
import { Construct, type IConstruct } from "constructs";
import { contextPair } from "./context-pair.ts";

/** A name of one's own for the API (`first`), and the ARN of its certificate in the region of the stack (`second`). */
type OwnName = NonNullable<ReturnType<typeof contextPair>>;

/**
 * The contexts `apiDomain` and `apiCertificate`, or undefined where neither is given.
 * @throws Error where one is given without the other
 */
export const ownApiName = (scope: IConstruct): OwnName | undefined => contextPair(scope, "apiDomain", "apiCertificate");

export interface ApiDomainProps {
  readonly api: HttpApi;
  readonly stage: HttpStage;
  readonly own: OwnName;
}

/** The API under a name of one's own, which lets its `execute-api` address be switched off altogether. */
export class ApiDomain extends Construct {
  /** What the DNS record of the name has to point to. */
  readonly target: string;

  constructor(scope: Construct, id: string, { api, stage, own }: ApiDomainProps) {
    super(scope, id);
    const name = new DomainName(this, "Name", {
      domainName: own.first,
      certificate: Certificate.fromCertificateArn(this, "Certificate", own.second),
      securityPolicy: SecurityPolicy.TLS_1_2,
    });
    new ApiMapping(this, "Mapping", { api, domainName: name as IDomainName, stage: stage as IHttpStage });
    this.target = name.regionalDomainName;
  }
}
