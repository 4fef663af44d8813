package operator_test

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"strings"

	corev1 "k8s.io/api/core/v1"
	"sigs.k8s.io/controller-runtime/pkg/client"

	"github.com/grupobizopps/salexops/license"
	"github.com/grupobizopps/salexops/test/controlplane"
)

func readLicenceKeys() (*license.KeySet, error) {
	var secret corev1.Secret
	key := client.ObjectKey{Namespace: controlplane.System, Name: "salexops-licence-keys"}
	if err := admin.Get(suiteCtx, key, &secret); err != nil {
		return nil, fmt.Errorf("reading the licence keys: %w", err)
	}
	return license.ParseKeySet(secret.Data)
}

// tenantOf reads, without verifying anything, whose licence this is.
func tenantOf(jws string) string {
	parts := strings.Split(jws, ".")
	if len(parts) != 3 {
		return ""
	}
	payload, err := base64.RawURLEncoding.DecodeString(parts[1])
	if err != nil {
		return ""
	}
	var claims struct {
		Subject string `json:"sub"`
	}
	if err := json.Unmarshal(payload, &claims); err != nil {
		return ""
	}
	return claims.Subject
}

// verify checks a licence as the CRM would.
func verify(tenant, token string) (*license.Licence, error) {
	keys, err := readLicenceKeys()
	if err != nil {
		return nil, err
	}
	return (&license.Verifier{Keys: keys.TrustedKeys(), Issuer: license.DefaultIssuer, Tenant: tenant}).Verify(token)
}
