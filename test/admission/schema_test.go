package admission

import (
	"path/filepath"
	"testing"

	. "github.com/onsi/gomega"
	apiextensionsv1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	"k8s.io/apimachinery/pkg/runtime"
)

// definitions are the CRDs as they are generated, by kind.
func definitions(t *testing.T) map[string]*apiextensionsv1.CustomResourceDefinition {
	t.Helper()
	g := NewWithT(t)
	objects, err := readAll(filepath.Join(root, "config/crd/bases/*.yaml"))
	g.Expect(err).NotTo(HaveOccurred())
	found := map[string]*apiextensionsv1.CustomResourceDefinition{}
	for _, object := range objects {
		definition := &apiextensionsv1.CustomResourceDefinition{}
		g.Expect(runtime.DefaultUnstructuredConverter.FromUnstructured(object.Object, definition)).To(Succeed())
		found[definition.Spec.Names.Kind] = definition
	}
	return found
}

// visit calls do for every field of a schema, with its dotted path.
func visit(path string, schema *apiextensionsv1.JSONSchemaProps, do func(path string, schema *apiextensionsv1.JSONSchemaProps)) {
	do(path, schema)
	for name, property := range schema.Properties {
		visit(path+"."+name, &property, do)
	}
	if schema.Items != nil && schema.Items.Schema != nil {
		visit(path+"[]", schema.Items.Schema, do)
	}
	if schema.AdditionalProperties != nil && schema.AdditionalProperties.Schema != nil {
		visit(path+"{}", schema.AdditionalProperties.Schema, do)
	}
}

// visitSpecAndStatus visits what this project defines of every kind, leaving
// out what Kubernetes defines of all.
func visitSpecAndStatus(t *testing.T, do func(path string, schema *apiextensionsv1.JSONSchemaProps)) {
	t.Helper()
	all := definitions(t)
	NewWithT(t).Expect(all).To(HaveLen(6))
	for kind, definition := range all {
		whole := definition.Spec.Versions[0].Schema.OpenAPIV3Schema
		for _, part := range []string{"spec", "status"} {
			schema := whole.Properties[part]
			visit(kind+"."+part, &schema, do)
		}
	}
}

// A text without a bound costs the rules their budget, and an object its
// place in etcd.
func TestEveryTextIsBounded(t *testing.T) {
	visitSpecAndStatus(t, func(path string, schema *apiextensionsv1.JSONSchemaProps) {
		if schema.Type != "string" || len(schema.Enum) > 0 || schema.Format == "date-time" {
			return
		}
		if schema.MaxLength == nil {
			t.Errorf("%s has no maxLength", path)
		}
	})
}

func TestEveryListIsBoundedAndSaysHowItMerges(t *testing.T) {
	visitSpecAndStatus(t, func(path string, schema *apiextensionsv1.JSONSchemaProps) {
		if schema.Type != "array" {
			return
		}
		if schema.XListType == nil {
			t.Errorf("%s does not say whether it is a map, a set or atomic", path)
		}
		if schema.MaxItems == nil {
			t.Errorf("%s has no maxItems", path)
		}
	})
}

func TestEveryFieldIsDocumented(t *testing.T) {
	visitSpecAndStatus(t, func(path string, schema *apiextensionsv1.JSONSchemaProps) {
		for name, property := range schema.Properties {
			if property.Description == "" {
				t.Errorf("%s.%s is not documented", path, name)
			}
		}
	})
}

// Rules and messages read the objects and nothing else, so that the same
// objects are accepted at any time.
func TestEveryRuleHasAMessage(t *testing.T) {
	for kind, definition := range definitions(t) {
		visit(kind, definition.Spec.Versions[0].Schema.OpenAPIV3Schema, func(path string, schema *apiextensionsv1.JSONSchemaProps) {
			for _, rule := range schema.XValidations {
				if rule.Message == "" && rule.MessageExpression == "" {
					t.Errorf("%s: the rule %q has no message", path, rule.Rule)
				}
			}
		})
	}
}

func TestScopesAndCategories(t *testing.T) {
	g := NewWithT(t)
	scopes := map[string]apiextensionsv1.ResourceScope{}
	for kind, definition := range definitions(t) {
		scopes[kind] = definition.Spec.Scope
		g.Expect(definition.Spec.Names.Categories).To(ConsistOf("salexops"), kind)
		g.Expect(definition.Spec.Versions[0].Subresources.Status).NotTo(BeNil(), kind)
	}
	g.Expect(scopes).To(Equal(map[string]apiextensionsv1.ResourceScope{
		"PlatformPolicy": apiextensionsv1.ClusterScoped,
		"Plan":           apiextensionsv1.ClusterScoped,
		"Tenant":         apiextensionsv1.NamespaceScoped,
		"Subscription":   apiextensionsv1.NamespaceScoped,
		"License":        apiextensionsv1.NamespaceScoped,
		"Notice":         apiextensionsv1.NamespaceScoped,
	}))
}
