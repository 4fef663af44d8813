package pki

import (
	"fmt"
	"os"
	"path/filepath"

	"k8s.io/client-go/tools/clientcmd"
	clientcmdapi "k8s.io/client-go/tools/clientcmd/api"

	"github.com/grupobizopps/salexops/hack/localcluster/internal/layout"
)

// Kubeconfig writes a kubeconfig for the owner of a certificate in dir. It
// carries the certificates within itself, so that it may be copied anywhere.
func Kubeconfig(dir, name, path string) error {
	var files [3][]byte
	for i, file := range []string{certPath(dir, ClusterCA), certPath(dir, name), keyPath(dir, name)} {
		content, err := os.ReadFile(file)
		if err != nil {
			return fmt.Errorf("reading the certificates of %s: %w", name, err)
		}
		files[i] = content
	}
	config := clientcmdapi.NewConfig()
	config.Clusters[layout.Node] = &clientcmdapi.Cluster{
		Server:                   fmt.Sprintf("https://127.0.0.1:%d", layout.APIPort),
		CertificateAuthorityData: files[0],
	}
	config.AuthInfos[name] = &clientcmdapi.AuthInfo{ClientCertificateData: files[1], ClientKeyData: files[2]}
	config.Contexts[layout.Node] = &clientcmdapi.Context{Cluster: layout.Node, AuthInfo: name}
	config.CurrentContext = layout.Node
	content, err := clientcmd.Write(*config)
	if err != nil {
		return fmt.Errorf("rendering the kubeconfig of %s: %w", name, err)
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return fmt.Errorf("creating the folder of %s: %w", path, err)
	}
	temp := path + ".new"
	if err := os.WriteFile(temp, content, 0o600); err != nil {
		return fmt.Errorf("writing %s: %w", path, err)
	}
	return os.Rename(temp, path)
}
